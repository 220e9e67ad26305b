package dev.stillpoint.schedule;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** On which days a schedule starts. */
public sealed interface Recurrence {

  /** The four sorts that people tell apart. */
  enum Sort {
    ONE_TIME,
    DAILY,
    WEEKLY,
    MONTHLY
  }

  Sort sort();

  /**
   * Whether there is a start on that day.
   *
   * @param first the schedule's first day; {@code day} is not before it
   */
  boolean fallsOn(LocalDate day, LocalDate first);

  /** Why that whole month has no start; empty where it has one, or need not have. */
  default Optional<String> missing(YearMonth month) {
    return Optional.empty();
  }

  /** On the schedule's first day, and never again. */
  record OneTime() implements Recurrence {

    @Override
    public Sort sort() {
      return Sort.ONE_TIME;
    }

    @Override
    public boolean fallsOn(LocalDate day, LocalDate first) {
      return day.equals(first);
    }
  }

  /** Every day. */
  record Daily() implements Recurrence {

    @Override
    public Sort sort() {
      return Sort.DAILY;
    }

    @Override
    public boolean fallsOn(LocalDate day, LocalDate first) {
      return true;
    }
  }

  /**
   * @param days at least one
   */
  record Weekly(Set<DayOfWeek> days) implements Recurrence {

    public Weekly {
      if (requireNonNull(days, "days").isEmpty()) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "A weekly schedule names no weekday",
            "Name at least one, such as saturday.");
      }
      days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    @Override
    public Sort sort() {
      return Sort.WEEKLY;
    }

    @Override
    public boolean fallsOn(LocalDate day, LocalDate first) {
      return days.contains(day.getDayOfWeek());
    }
  }

  /**
   * On that day of each month that has it.
   *
   * @param day from 1 to 31
   */
  record DayOfMonth(int day) implements Recurrence {

    public DayOfMonth {
      if (day < 1 || day > 31) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "No month has a day " + day,
            "Give a day from 1 to 31, or say last.");
      }
    }

    @Override
    public Sort sort() {
      return Sort.MONTHLY;
    }

    @Override
    public boolean fallsOn(LocalDate date, LocalDate first) {
      return date.getDayOfMonth() == day;
    }

    @Override
    public Optional<String> missing(YearMonth month) {
      return day <= month.lengthOfMonth()
          ? Optional.empty()
          : Optional.of(month + " has no day " + day + ": no start in that month");
    }
  }

  /** On the last day of each month. */
  record LastDayOfMonth() implements Recurrence {

    @Override
    public Sort sort() {
      return Sort.MONTHLY;
    }

    @Override
    public boolean fallsOn(LocalDate day, LocalDate first) {
      return day.getDayOfMonth() == day.lengthOfMonth();
    }
  }

  /** Which of a month's Mondays, Tuesdays … */
  enum Ordinal {
    FIRST(0),
    SECOND(1),
    THIRD(2),
    FOURTH(3),
    FIFTH(4),
    LAST(0) {
      @Override
      LocalDate of(DayOfWeek weekday, YearMonth month) {
        return month.atDay(1).with(TemporalAdjusters.lastInMonth(weekday));
      }
    };

    private final int weeks;

    Ordinal(int weeks) {
      this.weeks = weeks;
    }

    /** A day that may lie in the month after. */
    LocalDate of(DayOfWeek weekday, YearMonth month) {
      return month.atDay(1).with(TemporalAdjusters.firstInMonth(weekday)).plusWeeks(weeks);
    }
  }

  /** On the third Monday of each month, the last Friday, or the like. */
  record WeekdayOfMonth(Ordinal ordinal, DayOfWeek weekday) implements Recurrence {

    public WeekdayOfMonth {
      requireNonNull(ordinal, "ordinal");
      requireNonNull(weekday, "weekday");
    }

    @Override
    public Sort sort() {
      return Sort.MONTHLY;
    }

    @Override
    public boolean fallsOn(LocalDate day, LocalDate first) {
      return in(YearMonth.from(day)).equals(Optional.of(day));
    }

    @Override
    public Optional<String> missing(YearMonth month) {
      return in(month).isPresent()
          ? Optional.empty()
          : Optional.of(
              "%s has no %s %s: no start in that month"
                  .formatted(month, word(ordinal), word(weekday)));
    }

    private Optional<LocalDate> in(YearMonth month) {
      LocalDate day = ordinal.of(weekday, month);
      return Optional.of(day).filter(found -> YearMonth.from(found).equals(month));
    }

    private static String word(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }
}
