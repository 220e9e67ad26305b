package dev.stillpoint.slot;

import dev.stillpoint.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which policies start in which hour.
 *
 * <p>Hours are those of UTC. A schedule in a zone that is half an hour off starts across two of
 * them and counts in the first.
 */
public record WeekPlan(List<Hour> hours) {

  /** How much time a plan spans. */
  public static final Duration LENGTH = Duration.ofDays(7);

  /** One hour, with what starts in it, in the order of the policies' names. */
  public record Hour(Instant begin, List<Start> starts) {

    public Hour {
      starts = List.copyOf(starts);
    }

    /** How long what starts in it will take together, as far as that is known. */
    public Duration predicted() {
      return starts.stream()
          .flatMap(start -> start.policy().length().stream())
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /** A policy's start. */
  public record Start(PlannedPolicy policy, Slot slot) {}

  public WeekPlan {
    hours = List.copyOf(hours);
  }

  /** Every hour of a week, also those in which nothing starts. */
  public static WeekPlan from(Instant instant, List<PlannedPolicy> policies) {
    Instant begin = instant.truncatedTo(ChronoUnit.HOURS);
    Instant end = begin.plus(LENGTH);
    Map<Instant, List<Start>> starts = new TreeMap<>();
    for (Instant hour = begin; hour.isBefore(end); hour = hour.plus(Slot.LENGTH)) {
      starts.put(hour, new ArrayList<>());
    }
    for (PlannedPolicy policy : policies) {
      for (Slot slot : policy.schedule().between(begin, end)) {
        starts.get(hour(slot)).add(new Start(policy, slot));
      }
    }
    return new WeekPlan(
        starts.entrySet().stream().map(e -> new Hour(e.getKey(), e.getValue())).toList());
  }

  static Instant hour(Slot slot) {
    return slot.begin().truncatedTo(ChronoUnit.HOURS);
  }
}
