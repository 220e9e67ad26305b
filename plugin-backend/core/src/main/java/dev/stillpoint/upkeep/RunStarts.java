package dev.stillpoint.upkeep;

import dev.stillpoint.job.Run;
import dev.stillpoint.retention.RunKind;
import java.time.Instant;

/** Says how a run came about, and from when its points are counted. */
public interface RunStarts {

  /**
   * What retention counts from.
   *
   * @param at the start of its slot, or of the run where it has none
   */
  record Start(Instant at, RunKind kind) {}

  Start of(Run run);
}
