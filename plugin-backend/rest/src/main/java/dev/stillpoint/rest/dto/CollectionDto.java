package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.upkeep.CollectDecision;
import dev.stillpoint.upkeep.CollectState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Collecting, as it stands.
 *
 * @param next whether one would begin by itself now, and why or why not
 * @param asOf when one found out for the last time who needs what
 */
public record CollectionDto(
    Optional<RunningDto> running, Optional<LastDto> last, NextDto next, Optional<Instant> asOf) {

  /** The one that runs: {@code mark}, {@code rewrite}, {@code delete}; total 0: not known yet. */
  public record RunningDto(
      Instant started,
      String why,
      @Words({"mark", "rewrite", "delete"}) String step,
      long done,
      long total) {}

  /** Whether one would begin by itself. */
  public record NextDto(boolean start, String reason) {}

  /** How the last one since the server's start ended: with figures, or with a problem. */
  public record LastDto(
      Instant started,
      Instant ended,
      String why,
      Optional<FiguresDto> figures,
      Optional<ProblemDto> problem) {}

  /** What it did, or in a dry run would do. */
  public record FiguresDto(
      boolean dryRun,
      int packsDeleted,
      int packsRewritten,
      long bytesBefore,
      long bytesAfter,
      long bytesWaiting,
      long bytesReclaimable,
      double seconds,
      List<String> reasons) {}

  public static CollectionDto of(CollectState state, CollectDecision next, Optional<Instant> asOf) {
    return new CollectionDto(
        state
            .running()
            .map(
                one ->
                    new RunningDto(one.started(), one.why(), one.step(), one.done(), one.total())),
        state.last().map(CollectionDto::last),
        new NextDto(next.start(), next.reason()),
        asOf);
  }

  private static LastDto last(CollectState.Outcome outcome) {
    double seconds = Duration.between(outcome.started(), outcome.ended()).toMillis() / 1000.0;
    return new LastDto(
        outcome.started(),
        outcome.ended(),
        outcome.why(),
        outcome.summary().map(summary -> figures(summary, seconds)),
        outcome.problem().map(ProblemDto::of));
  }

  private static FiguresDto figures(CollectState.Summary summary, double seconds) {
    return new FiguresDto(
        summary.dryRun(),
        summary.packsDeleted(),
        summary.packsRewritten(),
        summary.before().bytes(),
        summary.after().bytes(),
        summary.waiting().bytes(),
        summary.reclaimable().bytes(),
        seconds,
        summary.reasons());
  }
}
