package dev.stillpoint.slot;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a schedule must keep to when it is set.
 *
 * @param capacity so many policies may start in one hour, at least one
 */
public record SlotRules(int capacity) {

  /** A start in the present hour must leave the server time to notice. */
  public static final Duration CLOSED = Duration.ofMinutes(5);

  /** So far ahead slots are looked at: three starts of a monthly schedule. */
  private static final Duration HORIZON = Duration.ofDays(100);

  private static final int DAYS_ASIDE = 7;

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("EEEE yyyy-MM-dd HH:mm VV", Locale.ENGLISH);

  public SlotRules {
    if (capacity < 1) {
      throw new IllegalArgumentException("A slot holds at least one start: " + capacity);
    }
  }

  /**
   * Refuses a one-time start that has passed, and a start in the present hour in its last five
   * minutes.
   *
   * @throws StillpointException BAD_REQUEST, CONFLICT
   */
  public void requireOpen(Schedule schedule, Instant now) {
    schedule.requireFuture(now);
    Optional<Slot> present = schedule.at(now);
    if (present.isPresent() && !now.isBefore(present.get().end().minus(CLOSED))) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The hour from %s ends in less than %d minutes: a start in it can no longer be set"
              .formatted(HOUR.format(present.get().local()), CLOSED.toMinutes()),
          "Choose a later hour, or let the schedule begin on a later day.");
    }
  }

  /**
   * Refuses a start in a slot that is full, naming the nearest that is free: on the same day, else
   * at the same hour of the nearest day.
   *
   * @param others what is planned already, without the policy the schedule is for
   * @throws StillpointException CONFLICT
   */
  public void requireFree(Schedule schedule, List<PlannedPolicy> others, Instant now) {
    Optional<Slot> first = schedule.at(now).or(() -> schedule.next(now));
    if (first.isEmpty()) {
      return;
    }
    Instant from = first.get().begin();
    Instant until = from.plus(HORIZON);
    Map<Instant, Integer> load = load(others, from.minus(aside()), until.plus(aside()));
    Optional<Slot> full = firstFull(schedule, from, until, load);
    if (full.isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The slot %s is full: %d of %d starts are taken"
              .formatted(
                  HOUR.format(full.get().local()), load.get(WeekPlan.hour(full.get())), capacity),
          advice(schedule, full.get(), until, load, now));
    }
  }

  private static Duration aside() {
    return Duration.ofDays(DAYS_ASIDE + 1L);
  }

  private static Map<Instant, Integer> load(
      List<PlannedPolicy> policies, Instant from, Instant until) {
    Map<Instant, Integer> load = new HashMap<>();
    for (PlannedPolicy policy : policies) {
      for (Slot slot : policy.schedule().between(from, until)) {
        load.merge(WeekPlan.hour(slot), 1, Integer::sum);
      }
    }
    return load;
  }

  private Optional<Slot> firstFull(
      Schedule schedule, Instant from, Instant until, Map<Instant, Integer> load) {
    return schedule.between(from, until).stream().filter(slot -> !isFree(slot, load)).findFirst();
  }

  private boolean isFree(Slot slot, Map<Instant, Integer> load) {
    return load.getOrDefault(WeekPlan.hour(slot), 0) < capacity;
  }

  private String advice(
      Schedule schedule, Slot full, Instant until, Map<Instant, Integer> load, Instant now) {
    Instant open = now.plus(CLOSED);
    Optional<Schedule> sameDay =
        IntStream.range(0, 24)
            .boxed()
            .sorted(
                Comparator.comparing((Integer hour) -> Math.abs(hour - schedule.hour()))
                    .thenComparing(Comparator.reverseOrder()))
            .map(schedule::withHour)
            .filter(other -> on(full.day(), other).filter(s -> s.end().isAfter(open)).isPresent())
            .filter(
                other ->
                    firstFull(other, now.minus(Slot.LENGTH).plusNanos(1), until, load).isEmpty())
            .findFirst();
    if (sameDay.isPresent()) {
      return "The nearest slot of the same day that is free on every day of this schedule: hour %d."
          .formatted(sameDay.get().hour());
    }
    return Stream.iterate(1, n -> n <= DAYS_ASIDE, n -> n + 1)
        .flatMap(n -> Stream.of(full.day().plusDays(n), full.day().minusDays(n)))
        .map(day -> slotAt(schedule, day))
        .flatMap(Optional::stream)
        .filter(slot -> slot.end().isAfter(open) && isFree(slot, load))
        .findFirst()
        .map(
            slot ->
                "No hour of that day is free; the nearest day that is free at that hour: "
                    + HOUR.format(slot.local())
                    + ".")
        .orElse("No slot near it is free; raise slots.capacity.");
  }

  private static Optional<Slot> on(LocalDate day, Schedule schedule) {
    ZonedDateTime begin = day.atStartOfDay(schedule.zone());
    return schedule.starts(begin.toInstant(), 1).stream().findFirst();
  }

  /** The hour of the schedule on another day. */
  private static Optional<Slot> slotAt(Schedule schedule, LocalDate day) {
    return on(day, new Schedule(new Recurrence.OneTime(), schedule.hour(), day, schedule.zone()));
  }
}
