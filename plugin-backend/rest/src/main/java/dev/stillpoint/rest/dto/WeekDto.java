package dev.stillpoint.rest.dto;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.slot.WeekPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A week of slots, hour by hour.
 *
 * @param capacity so many policies may start in one hour
 * @param items every hour, also those in which nothing starts
 */
public record WeekDto(int capacity, List<HourDto> items) {

  /**
   * An hour of UTC.
   *
   * @param predictedSeconds how long its runs take together, as far as that is known
   */
  public record HourDto(
      Instant begin, int load, double predictedSeconds, List<HourStartDto> starts) {}

  /**
   * A start in it.
   *
   * @param predictedSeconds empty for a policy that has no run yet that went well
   */
  public record HourStartDto(
      String policy, String name, String local, Optional<Double> predictedSeconds) {}

  /**
   * @param shown policies that may be named; the others only count
   */
  public static WeekDto of(WeekPlan plan, int capacity, Set<PolicyId> shown) {
    return new WeekDto(capacity, plan.hours().stream().map(hour -> hour(hour, shown)).toList());
  }

  private static HourDto hour(WeekPlan.Hour hour, Set<PolicyId> shown) {
    return new HourDto(
        hour.begin(),
        hour.starts().size(),
        seconds(hour.predicted()),
        hour.starts().stream()
            .filter(start -> shown.contains(start.policy().id()))
            .map(WeekDto::start)
            .toList());
  }

  private static HourStartDto start(WeekPlan.Start start) {
    return new HourStartDto(
        start.policy().id().value(),
        start.policy().name(),
        StartDto.of(start.slot()).local(),
        start.policy().length().map(WeekDto::seconds));
  }

  private static double seconds(Duration length) {
    return length.toMillis() / 1000.0;
  }
}
