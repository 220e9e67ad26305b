package dev.stillpoint.model;

import static java.util.Objects.requireNonNull;

/**
 * Every failure that Stillpoint reports on purpose.
 *
 * <p>The message names the thing that failed and what happened; the remedy tells the reader what to
 * do about it. Both are shown to people. Neither ever holds a secret or a ticket URL.
 */
public class StillpointException extends RuntimeException {

  private final ErrorKind kind;
  private final String remedy;

  /**
   * @param remedy what the administrator can do, a sentence; empty where there is nothing to do
   */
  public StillpointException(ErrorKind kind, String message, String remedy) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
  }

  /** As the other constructor, with the cause kept for the log. */
  public StillpointException(ErrorKind kind, String message, String remedy, Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
  }

  public ErrorKind kind() {
    return kind;
  }

  /** What the administrator can do about it; empty where there is nothing to do. */
  public String remedy() {
    return remedy;
  }

  public boolean retryable() {
    return kind.retryable();
  }
}
