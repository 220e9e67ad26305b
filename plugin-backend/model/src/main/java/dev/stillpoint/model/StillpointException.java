package dev.stillpoint.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Every failure that Stillpoint reports on purpose.
 *
 * <p>The message names the thing that failed and what happened; the remedy tells the reader what to
 * do about it. Both are shown to people. Neither ever holds a secret or a ticket URL.
 */
public class StillpointException extends RuntimeException {

  private final ErrorKind kind;
  private final String remedy;
  private final Optional<Place> place;

  /**
   * @param remedy what the administrator can do, a sentence that is true for whichever client he
   *     has before him; empty where there is nothing to do
   */
  public StillpointException(ErrorKind kind, String message, String remedy) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.place = Optional.empty();
  }

  /**
   * As the other constructor.
   *
   * @param place where the reader does what the remedy says
   */
  public StillpointException(ErrorKind kind, String message, String remedy, Place place) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.place = Optional.of(place);
  }

  /** As the first constructor, with the cause kept for the log. */
  public StillpointException(ErrorKind kind, String message, String remedy, Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.place = Optional.empty();
  }

  public ErrorKind kind() {
    return kind;
  }

  /** What the administrator can do about it; empty where there is nothing to do. */
  public String remedy() {
    return remedy;
  }

  /** Where in Stillpoint that is done; the remedy names no command and no page. */
  public Optional<Place> place() {
    return place;
  }

  public boolean retryable() {
    return kind.retryable();
  }
}
