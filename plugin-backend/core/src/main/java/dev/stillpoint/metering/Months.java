package dev.stillpoint.metering;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/** Divides a time into hours and these among months. */
final class Months {

  private static final long HOUR = 3600;

  private Months() {}

  /**
   * Hours are counted from {@code since} on, one that was begun in full. Each belongs to the month
   * in which it begins, so that no hour is counted in two months and none is lost.
   *
   * @param zone whose months
   */
  static Map<YearMonth, Long> hours(Instant since, Instant until, ZoneId zone) {
    Map<YearMonth, Long> result = new TreeMap<>();
    long left = begun(since, until);
    Instant from = since;
    while (left > 0) {
      YearMonth month = YearMonth.from(from.atZone(zone));
      Instant next = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
      long hours = Math.min(left, begun(from, next));
      result.put(month, hours);
      from = from.plusSeconds(hours * HOUR);
      left -= hours;
    }
    return result;
  }

  /** Hours that were begun. */
  private static long begun(Instant since, Instant until) {
    return since.isBefore(until)
        ? Duration.between(since, until).plusHours(1).minusNanos(1).toHours()
        : 0;
  }
}
