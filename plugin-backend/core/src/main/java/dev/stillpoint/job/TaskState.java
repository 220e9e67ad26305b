package dev.stillpoint.job;

/** Where a run stands with one VM. */
public enum TaskState {
  WAITING,
  SNAPSHOTTING,
  READING,
  WRITING,
  VERIFYING,
  COMMITTING,
  RELEASING,
  SUCCEEDED,
  /** Done, with something to read in the notes. */
  WARNING,
  FAILED,
  /** The VM no longer exists. */
  SKIPPED,
  CANCELLED;

  public boolean isFinal() {
    return compareTo(SUCCEEDED) >= 0;
  }
}
