package dev.stillpoint.trigger;

import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.schedule.Preview;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.schedule.Slot;
import dev.stillpoint.slot.PlannedPolicy;
import dev.stillpoint.slot.SlotRules;
import dev.stillpoint.slot.WeekPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps policies whose starts find room in their slots, and tells when they will start. */
public final class Planner {

  private final PolicyStore policies;
  private final RunQueue queue;
  private final SlotRules rules;
  private final Trigger trigger;
  private final InstantSource clock;

  public Planner(
      PolicyStore policies, RunQueue queue, SlotRules rules, Trigger trigger, InstantSource clock) {
    this.policies = policies;
    this.queue = queue;
    this.rules = rules;
    this.trigger = trigger;
    this.clock = clock;
  }

  /**
   * Keeps a new policy, or replaces the one with this id. What is not changed is not judged: a full
   * slot does not keep a policy in it from being renamed.
   *
   * @throws StillpointException CONFLICT when a slot is full, or the present hour nearly over, or
   *     another policy has the name; BAD_REQUEST for a one-time start that has passed
   */
  public synchronized void put(Policy policy) {
    Instant now = clock.instant();
    Optional<Policy> old = policies.find(policy.id());
    boolean isMoved = !old.flatMap(Policy::schedule).equals(policy.schedule());
    boolean isSwitchedOn = policy.enabled() && !old.map(Policy::enabled).orElse(false);
    if (policy.schedule().isPresent()) {
      Schedule schedule = policy.schedule().get();
      if (isMoved) {
        rules.requireOpen(schedule, now);
      }
      if (policy.enabled() && (isMoved || isSwitchedOn)) {
        rules.requireFree(
            schedule,
            planned(policies.all().stream().filter(p -> !p.id().equals(policy.id()))),
            now);
      }
    }
    if (isSwitchedOn && old.isPresent() && !isMoved) {
      // Before it is kept: afterwards it could be started.
      trigger.switchedOn(policy);
    }
    policies.put(policy);
  }

  /** When a policy starts next by itself. */
  public Optional<Slot> next(Policy policy) {
    return policy.enabled()
        ? policy.schedule().flatMap(schedule -> schedule.next(clock.instant()))
        : Optional.empty();
  }

  public Preview preview(Schedule schedule, int count) {
    return schedule.preview(clock.instant(), count);
  }

  /** Why a new policy could not be given that schedule now; empty where it could. */
  public Optional<StillpointException> refusal(Schedule schedule) {
    Instant now = clock.instant();
    try {
      rules.requireOpen(schedule, now);
      rules.requireFree(schedule, planned(policies.all().stream()), now);
      return Optional.empty();
    } catch (StillpointException e) {
      return Optional.of(e);
    }
  }

  /** The hours of the week that begins with this hour. */
  public WeekPlan week() {
    return week(clock.instant());
  }

  public WeekPlan week(Instant from) {
    return WeekPlan.from(from, PlannedPolicy.of(policies.all(), queue::length));
  }

  public int capacity() {
    return rules.capacity();
  }

  private static List<PlannedPolicy> planned(Stream<Policy> some) {
    return PlannedPolicy.of(some.toList(), id -> Optional.empty());
  }
}
