package dev.stillpoint.server;

import dev.stillpoint.audit.AuditEntry;
import dev.stillpoint.audit.AuditEntry.Result;
import dev.stillpoint.audit.AuditTrail;
import dev.stillpoint.job.Problem;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.CollectState;
import dev.stillpoint.upkeep.UpkeepListener;
import java.util.function.Consumer;

/** Writes into the audit log which points went, and what was collected; tells who looks on. */
final class AuditedUpkeep implements UpkeepListener {

  private final AuditTrail audit;
  private final Consumer<VmRef> lost;

  /**
   * @param lost is told of VMs whose points go
   */
  AuditedUpkeep(AuditTrail audit, Consumer<VmRef> lost) {
    this.audit = audit;
    this.lost = lost;
  }

  @Override
  public void expired(KeptPoint point, String who, String reason) {
    lost.accept(point.vm());
    audit.note(
        who.isEmpty() ? AuditEntry.SERVER : who,
        "point.expire",
        "points/" + point.id(),
        Result.DONE,
        point.vmName() + " of " + point.time() + ": " + reason);
  }

  @Override
  public void collected(CollectState.Outcome outcome) {
    audit.noteOwn(
        "repository.collect",
        "repository",
        outcome.problem().isPresent() ? Result.FAILED : Result.DONE,
        outcome.problem().map(Problem::detail).orElse(outcome.why()));
  }

  @Override
  public void forgot(int runs, int entries) {
    audit.noteOwn(
        "history.forget",
        "history",
        Result.DONE,
        runs + " runs and " + entries + " entries of the audit log were too old");
  }
}
