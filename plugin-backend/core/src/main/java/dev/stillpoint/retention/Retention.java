package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long the points of a policy are kept.
 *
 * <p>What {@code keepFor} says is fixed for each point when it is made. The rules beyond it ({@code
 * keepLast}, {@code gfs}) hold as they are when it is looked: they keep points whose time has
 * ended.
 *
 * @param keepFor counted from the run's start, by calendar in {@code zone}; a kind that is missing
 *     is kept until somebody deletes it
 * @param keepLast so many of the newest good points of a VM are kept beyond their time
 * @param zone in which days, weeks, months and years are counted
 */
public record Retention(Map<RunKind, Period> keepFor, int keepLast, Gfs gfs, ZoneId zone) {

  private static final int LONGEST_YEARS = 100;
  private static final int MOST = 10_000;

  public Retention {
    Map<RunKind, Period> sorted = new EnumMap<>(RunKind.class);
    sorted.putAll(keepFor);
    keepFor = Collections.unmodifiableMap(sorted);
    requireNonNull(gfs, "gfs");
    requireNonNull(zone, "zone");
    keepFor.forEach(Retention::checked);
    if (keepLast < 0 || keepLast > MOST) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The last " + keepLast + " points cannot be kept",
          "Give a number from 0 (no such rule) to " + MOST + ".");
    }
  }

  /**
   * The period, if points of such runs may be kept for it.
   *
   * @throws StillpointException BAD_REQUEST
   */
  public static Period checked(RunKind kind, Period period) {
    LocalDate any = LocalDate.EPOCH;
    if (period.isNegative()
        || period.isZero()
        || any.plus(period).isAfter(any.plusYears(LONGEST_YEARS))) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Points of " + kind.word() + " runs cannot be kept for " + KeepTime.text(period),
          "Keep them for 1d to " + LONGEST_YEARS + "y, or leave it out to keep them for ever.");
    }
    return period;
  }

  /** For a policy of which nothing else was said. */
  public static Retention standard() {
    return new Retention(
        Map.of(
            RunKind.ONE_TIME, Period.ofDays(30),
            RunKind.DAILY, Period.ofDays(30),
            RunKind.WEEKLY, Period.ofWeeks(12),
            RunKind.MONTHLY, Period.ofMonths(12),
            RunKind.MANUAL, Period.ofDays(30)),
        0,
        Gfs.NONE,
        ZoneOffset.UTC);
  }

  /** Nothing goes by itself. */
  public static Retention forever() {
    return new Retention(Map.of(), 0, Gfs.NONE, ZoneOffset.UTC);
  }

  /** What is fixed for the points of a run that starts then. */
  public Lifetime lifetime(RunKind kind, Instant start) {
    return new Lifetime(
        start,
        kind,
        Optional.ofNullable(keepFor.get(kind))
            .map(period -> start.atZone(zone).plus(period).toInstant()));
  }
}
