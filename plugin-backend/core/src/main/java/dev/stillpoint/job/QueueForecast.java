package dev.stillpoint.job;

import dev.stillpoint.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Foretells when the waiting runs start. Pure. */
public final class QueueForecast {

  private QueueForecast() {}

  /**
   * Where a run stands in the queue.
   *
   * @param number 1 for the one that is next
   * @param start when it is expected to start; empty where a run before it is of unknown length
   * @param reason why it does not run yet
   */
  public record Position(int number, Optional<Instant> start, String reason) {}

  /**
   * @param waiting in the order they were asked for
   * @param lengths how long a run takes; empty where nothing is known
   */
  public static Map<RunId, Position> of(
      QueueOrder order,
      List<Run> running,
      List<Run> waiting,
      Function<Run, Optional<Duration>> lengths,
      Instant now) {
    PriorityQueue<Instant> free = new PriorityQueue<>();
    running.forEach(run -> free.add(end(run.started().orElse(now), lengths.apply(run), now)));
    while (free.size() < order.parallel()) {
      free.add(now);
    }
    List<QueueOrder.Decision> decisions = order.decide(running, waiting, now);
    Map<RunId, Position> positions = new LinkedHashMap<>();
    for (QueueOrder.Decision decision : decisions) {
      Run run = decision.run();
      Instant start = free.remove();
      Instant begins = start.isBefore(run.notBefore()) ? run.notBefore() : start;
      boolean isKnown = begins.isBefore(Instant.MAX);
      positions.put(
          run.id(),
          new Position(
              positions.size() + 1,
              isKnown ? Optional.of(begins) : Optional.empty(),
              decision.reason()));
      boolean letsOthersGo = run.notBefore().isAfter(now);
      free.add(letsOthersGo ? start : isKnown ? end(begins, lengths.apply(run), now) : begins);
    }
    return positions;
  }

  /** A run that takes longer than expected may end any moment. */
  private static Instant end(Instant begin, Optional<Duration> length, Instant now) {
    return length.map(begin::plus).map(end -> end.isBefore(now) ? now : end).orElse(Instant.MAX);
  }
}
