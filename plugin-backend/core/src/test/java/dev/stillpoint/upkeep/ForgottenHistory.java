package dev.stillpoint.upkeep;

import dev.stillpoint.audit.AuditConditions;
import dev.stillpoint.audit.AuditEntry;
import dev.stillpoint.audit.AuditLog;
import dev.stillpoint.audit.AuditSort;
import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunHistory;
import dev.stillpoint.history.RunLine;
import dev.stillpoint.history.RunSort;
import dev.stillpoint.history.RunVmLine;
import dev.stillpoint.history.VmConditions;
import dev.stillpoint.history.VmSort;
import dev.stillpoint.history.VmState;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An empty history that writes down until when it shall be forgotten. */
final class ForgottenHistory implements RunHistory, AuditLog {

  final List<Instant> befores = new ArrayList<>();

  @Override
  public synchronized int forgetBefore(Instant time) {
    befores.add(time);
    return 0;
  }

  private static <T> Page<T> nothing() {
    return new Page<>(List.of(), Optional.empty());
  }

  @Override
  public Page<RunLine> runs(RunConditions conditions, Slice<RunSort> slice) {
    return nothing();
  }

  @Override
  public Page<RunVmLine> vms(RunConditions conditions, Slice<RunSort> slice) {
    return nothing();
  }

  @Override
  public Page<VmState> states(VmConditions conditions, Slice<VmSort> slice) {
    return nothing();
  }

  @Override
  public void add(AuditEntry entry) {}

  @Override
  public Page<AuditEntry> page(AuditConditions conditions, Slice<AuditSort> slice) {
    return nothing();
  }
}
