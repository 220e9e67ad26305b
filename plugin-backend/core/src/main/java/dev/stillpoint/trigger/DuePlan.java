package dev.stillpoint.trigger;

import dev.stillpoint.job.SlotStart;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is due. Pure.
 *
 * @param starts to be started now
 * @param missed whose slot has passed without anything being kept of it
 */
public record DuePlan(List<Due> starts, List<Due> missed) {

  /** The last minutes of a slot are left free, so that a late start is still within it. */
  static final Duration SPREAD = Duration.ofMinutes(50);

  /** So far back missed starts are noted after a long stop. */
  static final Duration NOTED = Duration.ofDays(31);

  private static final Duration LATE = Duration.ofMinutes(5);

  /**
   * A policy and a slot of it.
   *
   * @param planned when in the slot it was to start
   */
  public record Due(Policy policy, Slot slot, Instant planned) {

    /** Why it starts later than planned; empty where it does not. */
    String delay(Instant now) {
      return now.isAfter(planned.plus(LATE))
          ? "Planned for "
              + planned
              + "; the server did not run then, or the site did not answer,"
              + " or the schedule was set later"
          : "";
    }
  }

  private record Key(PolicyId policy, Instant slot) {}

  public DuePlan {
    starts = List.copyOf(starts);
    missed = List.copyOf(missed);
  }

  /**
   * @param kept what is kept of slots within the last hour and since the last look
   * @param lastLook when this was asked the last time; empty: never before. What passed before is
   *     nobody's concern: it was noted then, or not planned yet
   */
  public static DuePlan of(
      List<Policy> policies, List<SlotStart> kept, Optional<Instant> lastLook, Instant now) {
    Set<Key> done =
        kept.stream()
            .map(start -> new Key(start.policy(), start.slot()))
            .collect(Collectors.toUnmodifiableSet());
    Instant since = lookedSince(lastLook, now);
    List<Due> starts = new ArrayList<>();
    List<Due> missed = new ArrayList<>();
    for (Policy policy : policies) {
      if (!policy.enabled() || policy.schedule().isEmpty()) {
        continue;
      }
      Schedule schedule = policy.schedule().get();
      for (Slot slot : schedule.between(since.minus(Slot.LENGTH), now.plusNanos(1))) {
        Due due = new Due(policy, slot, planned(policy.id(), slot));
        if (done.contains(new Key(policy.id(), slot.begin())) || !slot.end().isAfter(since)) {
          continue;
        }
        if (!slot.holds(now)) {
          missed.add(due);
        } else if (!now.isBefore(due.planned())) {
          starts.add(due);
        }
      }
    }
    return new DuePlan(starts, missed);
  }

  /** A clock that was put back has nothing to make up for. */
  static Instant lookedSince(Optional<Instant> lastLook, Instant now) {
    Instant earliest = now.minus(NOTED);
    return lastLook
        .filter(look -> look.isBefore(now))
        .map(look -> look.isBefore(earliest) ? earliest : look)
        .orElse(now);
  }

  /** Spreads the starts of one slot over it, each policy's always in the same way. */
  static Instant planned(PolicyId policy, Slot slot) {
    long mixed = (policy.value() + " " + slot.begin()).hashCode() * 0x9E3779B97F4A7C15L;
    return slot.begin().plusSeconds(Math.floorMod(mixed >>> 20, SPREAD.toSeconds()));
  }
}
