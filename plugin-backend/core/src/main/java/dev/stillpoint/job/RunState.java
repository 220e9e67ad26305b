package dev.stillpoint.job;

/** Where a run stands; one way, never back. */
public enum RunState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  /**
   * Done, and somebody should read the notes: a VM was skipped, a snapshot could not be removed.
   */
  WARNING,
  FAILED,
  CANCELLED;

  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }

  public boolean canBecome(RunState next) {
    return switch (this) {
      case QUEUED -> next == RUNNING || next == CANCELLED;
      case RUNNING -> next.isFinal();
      case SUCCEEDED, WARNING, FAILED, CANCELLED -> false;
    };
  }
}
