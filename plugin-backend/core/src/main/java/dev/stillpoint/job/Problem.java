package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;

/** Why something failed, as it is kept and shown. */
public record Problem(ErrorKind kind, String detail, String remedy) {

  public Problem {
    requireNonNull(kind, "kind");
    requireNonNull(detail, "detail");
    requireNonNull(remedy, "remedy");
  }

  public static Problem of(StillpointException e) {
    return new Problem(e.kind(), e.getMessage(), e.remedy());
  }

  /** Of any failure: one that is not ours to expect is a defect and says so. */
  public static Problem of(Throwable e) {
    return e instanceof StillpointException expected
        ? of(expected)
        : new Problem(
            ErrorKind.INTERNAL,
            "Unexpected: " + e,
            "This is a defect of Stillpoint; the server's log has the details.");
  }

  /** Of something that could not be released: it stays in the journal. */
  public Problem stillThere() {
    return new Problem(kind, "Still on the manager, will be tried again: " + detail, remedy);
  }

  public StillpointException toException() {
    return new StillpointException(kind, detail, remedy);
  }
}
