package dev.stillpoint.model;

/** Asked between two pieces of work: shall we stop? Thread-safe; once requested, for ever. */
public final class Cancellation {

  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }

  /**
   * @throws StillpointException of kind {@link ErrorKind#CANCELLED} when stopping was requested
   */
  public void throwIfRequested() {
    if (requested) {
      throw new StillpointException(ErrorKind.CANCELLED, "Cancelled", "");
    }
  }
}
