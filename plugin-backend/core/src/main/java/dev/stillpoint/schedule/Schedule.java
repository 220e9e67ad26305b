package dev.stillpoint.schedule;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a policy starts.
 *
 * <p>Every day that the recurrence names has one start, neither more nor less. Where clocks are put
 * forward over the hour, it is the next instant that there is; where they are put back, the first
 * of the two. Only a day that a zone leaves out altogether (Samoa, 30 December 2011) has none.
 *
 * @param hour of the day, from 0 to 23, on the zone's clocks
 * @param first the first day that counts; of a one-time schedule the only one
 */
public record Schedule(Recurrence recurrence, int hour, LocalDate first, ZoneId zone) {

  /** Longer than any two starts are apart: a fifth Monday comes at least every fourth month. */
  private static final int LONGEST_GAP_DAYS = 400;

  /** Clocks are nowhere put more than a day forward or back. */
  private static final int DAYS_TO_LOOK_BACK = 2;

  public Schedule {
    requireNonNull(recurrence, "recurrence");
    requireNonNull(first, "first");
    requireNonNull(zone, "zone");
    if (hour < 0 || hour > 23) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "No day has an hour " + hour, "Give an hour from 0 to 23.");
    }
  }

  public Schedule withHour(int newHour) {
    return new Schedule(recurrence, newHour, first, zone);
  }

  /** The first slot that begins after the instant; empty when a one-time start has passed. */
  public Optional<Slot> next(Instant after) {
    return starts(after.plusNanos(1), 1).stream().findFirst();
  }

  /** The slot that the instant lies in. */
  public Optional<Slot> at(Instant instant) {
    return starts(instant.minus(Slot.LENGTH).plusNanos(1), 1).stream()
        .filter(slot -> slot.holds(instant))
        .findFirst();
  }

  /** The slots that begin at that instant or later, at most so many. */
  public List<Slot> starts(Instant from, int count) {
    return slots(from).limit(count).toList();
  }

  /** The slots that begin at {@code from} or later and before {@code until}. */
  public List<Slot> between(Instant from, Instant until) {
    return slots(from).takeWhile(slot -> slot.begin().isBefore(until)).toList();
  }

  private Stream<Slot> slots(Instant from) {
    LocalDate day = day(from).minusDays(DAYS_TO_LOOK_BACK);
    LocalDate begin = day.isBefore(first) ? first : day;
    return Stream.iterate(
            nextDay(begin), Optional::isPresent, found -> nextDay(found.get().plusDays(1)))
        .flatMap(Optional::stream)
        .flatMap(found -> slotOn(found).stream())
        .dropWhile(slot -> slot.begin().isBefore(from));
  }

  private LocalDate day(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  private Optional<LocalDate> nextDay(LocalDate from) {
    LocalDate end = from.plusDays(LONGEST_GAP_DAYS);
    for (LocalDate day = from; day.isBefore(end); day = day.plusDays(1)) {
      if (recurrence.fallsOn(day, first)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private Optional<Slot> slotOn(LocalDate day) {
    if (isLeftOut(day)) {
      return Optional.empty();
    }
    LocalDateTime wanted = day.atTime(hour, 0);
    ZoneOffsetTransition change = zone.getRules().getTransition(wanted);
    if (change == null) {
      return Optional.of(new Slot(day, wanted.atZone(zone).toInstant(), zone, Optional.empty()));
    }
    if (change.isGap()) {
      String note =
          "On %s clocks go from %s to %s: the start is at %s"
              .formatted(
                  day,
                  change.getDateTimeBefore().toLocalTime(),
                  change.getDateTimeAfter().toLocalTime(),
                  change.getDateTimeAfter().toLocalTime());
      return Optional.of(new Slot(day, change.getInstant(), zone, Optional.of(note)));
    }
    ZoneOffset earlier = change.getOffsetBefore();
    String note =
        "On %s clocks show %s twice: the start is the first time"
            .formatted(day, wanted.toLocalTime());
    return Optional.of(new Slot(day, wanted.toInstant(earlier), zone, Optional.of(note)));
  }

  private boolean isLeftOut(LocalDate day) {
    return !day.atStartOfDay(zone).toLocalDate().equals(day);
  }

  /** The next starts, with what one might wonder at in the time they span. */
  public Preview preview(Instant from, int count) {
    List<Slot> starts = starts(from, count);
    if (starts.isEmpty()) {
      return new Preview(starts, List.of("There is no start after " + day(from)));
    }
    LocalDate begin = day(from).isBefore(first) ? first : day(from);
    LocalDate last = starts.get(starts.size() - 1).day();
    return new Preview(starts, explain(begin, last));
  }

  /** Why there is no start where one might expect it, and where daylight saving moves one. */
  public List<String> explain(LocalDate from, LocalDate to) {
    List<String> notes = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      if (day.getDayOfMonth() == 1 || day.equals(from)) {
        recurrence.missing(YearMonth.from(day)).ifPresent(notes::add);
      }
      if (!day.isBefore(first) && recurrence.fallsOn(day, first)) {
        if (isLeftOut(day)) {
          notes.add("There is no " + day + " in " + zone + ": no start on that day");
        }
        slotOn(day).flatMap(Slot::note).ifPresent(notes::add);
      }
    }
    return notes;
  }

  /**
   * @throws StillpointException BAD_REQUEST for a one-time start that has passed
   */
  public void requireFuture(Instant now) {
    if (recurrence.sort() != Recurrence.Sort.ONE_TIME) {
      return;
    }
    Optional<Slot> only = slotOn(first);
    if (only.isEmpty() || !only.get().end().isAfter(now)) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          only.map(slot -> "The one start, " + slot.local() + ", has passed")
              .orElse("There is no " + first + " in " + zone),
          "Choose a date that is still to come.");
    }
  }
}
