package dev.stillpoint.model;

/** What sort of thing went wrong: decides the answer's status, the exit code, whether to retry. */
public enum ErrorKind {
  /** The request itself is wrong; repeating it cannot help. */
  BAD_REQUEST(false),
  /** The caller is not who he must be. */
  UNAUTHENTICATED(false),
  /** The caller, or our service account, may not do this. */
  PERMISSION(false),
  /** The named thing does not exist. */
  NOT_FOUND(false),
  /** The thing is in a state that forbids the request: running, locked, already there. */
  CONFLICT(false),
  /** The manager or one of its hosts does not answer, or not in time. */
  HYPERVISOR_UNAVAILABLE(true),
  /** The manager answered and refused, or an operation it accepted failed. */
  HYPERVISOR_REFUSED(true),
  /** The repository's disk does not answer. */
  STORAGE_UNAVAILABLE(true),
  /** Not enough disk. */
  OUT_OF_SPACE(false),
  /** Stored data does not match its checksum. */
  CORRUPT_DATA(false),
  /** Somebody asked to stop. */
  CANCELLED(false),
  /** A defect of ours. */
  INTERNAL(false);

  private final boolean retryable;

  ErrorKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same request may succeed later without anybody changing it. */
  public boolean retryable() {
    return retryable;
  }
}
