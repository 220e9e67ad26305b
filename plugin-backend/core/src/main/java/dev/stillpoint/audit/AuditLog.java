package dev.stillpoint.audit;

import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import java.time.Instant;

/** Keeps what was done. Nothing changes an entry once it is there. Thread-safe. */
public interface AuditLog {

  void add(AuditEntry entry);

  /**
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST when the slice begins nowhere
   */
  Page<AuditEntry> page(AuditConditions conditions, Slice<AuditSort> slice);

  /**
   * Forgets what is older.
   *
   * @return how many entries that were
   */
  int forgetBefore(Instant time);
}
