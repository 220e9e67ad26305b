package dev.stillpoint.space;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * When the repository is full if it goes on like this.
 *
 * @param bytesPerDay how much more is needed each day; negative when it becomes less; empty while
 *     too few days are known
 * @param fullOn empty while that is not known, and when it never will be
 * @param reason in words
 */
public record Forecast(Optional<Long> bytesPerDay, Optional<LocalDate> fullOn, String reason) {

  /** Fewer days say nothing. */
  static final int LEAST_DAYS = 3;

  /** More days than this would hide what has changed lately. */
  static final int MOST_DAYS = 60;

  /** What lies further ahead is no forecast. */
  private static final int LONGEST_YEARS = 20;

  public Forecast {
    requireNonNull(bytesPerDay, "bytesPerDay");
    requireNonNull(fullOn, "fullOn");
    requireNonNull(reason, "reason");
  }

  /**
   * @param history one entry for each day that is known, the oldest first
   */
  public static Forecast of(List<SpaceDay> history) {
    List<SpaceDay> days = history.subList(Math.max(0, history.size() - MOST_DAYS), history.size());
    if (days.size() < LEAST_DAYS) {
      return new Forecast(
          Optional.empty(),
          Optional.empty(),
          "known after " + LEAST_DAYS + " days, there are " + days.size());
    }
    double slope = slope(days);
    SpaceDay last = days.get(days.size() - 1);
    long free = last.capacity().bytes() - last.needed().bytes();
    Optional<Long> perDay = Optional.of(Math.round(slope));
    if (free <= 0) {
      return new Forecast(perDay, Optional.of(last.day()), "it is full");
    }
    double daysLeft = free / slope;
    if (slope < 1 || daysLeft > 366.0 * LONGEST_YEARS) {
      return new Forecast(
          perDay, Optional.empty(), "not within " + LONGEST_YEARS + " years at this growth");
    }
    return new Forecast(
        perDay,
        Optional.of(last.day().plusDays((long) daysLeft)),
        "by the growth of the last " + days.size() + " days that are known");
  }

  private static double slope(List<SpaceDay> days) {
    return Trend.perDay(
            days.stream().mapToLong(day -> day.day().toEpochDay()).toArray(),
            days.stream().mapToDouble(day -> day.needed().bytes()).toArray())
        .orElse(0);
  }

  /** How much more a VM's own part takes each day; empty while too few days are known. */
  public static Optional<Long> growth(List<VmSpace> history) {
    List<VmSpace> days = history.subList(Math.max(0, history.size() - MOST_DAYS), history.size());
    if (days.size() < LEAST_DAYS) {
      return Optional.empty();
    }
    return Trend.perDay(
            days.stream().mapToLong(day -> day.day().toEpochDay()).toArray(),
            days.stream().mapToDouble(day -> day.unique().bytes()).toArray())
        .stream()
        .mapToObj(Math::round)
        .findFirst();
  }
}
