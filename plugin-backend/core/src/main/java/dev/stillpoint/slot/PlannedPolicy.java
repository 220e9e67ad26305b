package dev.stillpoint.slot;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An enabled policy that starts by itself.
 *
 * @param length how long its next run will take; empty where nothing is known
 */
public record PlannedPolicy(
    PolicyId id, String name, Schedule schedule, Optional<Duration> length) {

  public PlannedPolicy {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(schedule, "schedule");
    requireNonNull(length, "length");
  }

  /** Those of the policies that will start by themselves. */
  public static List<PlannedPolicy> of(
      List<Policy> policies, Function<PolicyId, Optional<Duration>> lengths) {
    return policies.stream()
        .filter(Policy::enabled)
        .flatMap(
            policy ->
                policy.schedule().stream()
                    .map(
                        schedule ->
                            new PlannedPolicy(
                                policy.id(), policy.name(), schedule, lengths.apply(policy.id()))))
        .toList();
  }
}
