package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.Problem;
import dev.stillpoint.model.ByteCount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is being collected, and what came of the last time.
 *
 * @param last since the server's start
 */
public record CollectState(Optional<Progress> running, Optional<Outcome> last) {

  /**
   * How far it is.
   *
   * @param step {@code mark} (counts parts of disk maps), {@code rewrite} (bytes) or {@code delete}
   *     (packs)
   * @param total of this step; 0 while it is not known
   */
  public record Progress(Instant started, String why, String step, long done, long total) {

    public Progress {
      requireNonNull(started, "started");
      requireNonNull(why, "why");
      requireNonNull(step, "step");
    }
  }

  /**
   * What it did.
   *
   * @param waiting what nobody needs any more but only the next collection may delete, because
   *     somebody was at work
   * @param reclaimable garbage that is left, the waiting included
   * @param reasons what was done and not done, a sentence each
   */
  public record Summary(
      boolean dryRun,
      int packsDeleted,
      int packsRewritten,
      ByteCount before,
      ByteCount after,
      ByteCount waiting,
      ByteCount reclaimable,
      List<String> reasons) {

    public Summary {
      requireNonNull(before, "before");
      requireNonNull(after, "after");
      requireNonNull(waiting, "waiting");
      requireNonNull(reclaimable, "reclaimable");
      reasons = List.copyOf(reasons);
    }
  }

  /** How one ended: with a summary, or with a problem. */
  public record Outcome(
      Instant started,
      Instant ended,
      String why,
      Optional<Summary> summary,
      Optional<Problem> problem) {

    public Outcome {
      requireNonNull(started, "started");
      requireNonNull(ended, "ended");
      requireNonNull(why, "why");
      requireNonNull(summary, "summary");
      requireNonNull(problem, "problem");
    }
  }

  public CollectState {
    requireNonNull(running, "running");
    requireNonNull(last, "last");
  }
}
