package dev.stillpoint.metering;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the hours for which restore points were kept.
 *
 * <p>An hour counts from the start of the run's slot, and in full when it was begun. An hour
 * belongs to the month in which it begins; the hours are the same ones in UTC and in a zone of
 * choice, only the months differ.
 */
public final class Meter {

  private final YearMonth month;
  private final ZoneId zone;
  private final Instant now;
  private final Map<Key, Sum> sums = new LinkedHashMap<>();

  private record Key(SiteId site, VmId vm, Optional<PolicyId> policy) {}

  private static final class Sum {

    private String name = "";
    private Instant newest = Instant.MIN;
    private int points;
    private long hours;
    private long localHours;
    private BigInteger logical = BigInteger.ZERO;
    private BigInteger stored = BigInteger.ZERO;

    void add(MeteredPoint point, long utc, long local) {
      if (!point.since().isBefore(newest)) {
        newest = point.since();
        name = point.vmName();
      }
      points++;
      hours += utc;
      localHours += local;
      BigInteger factor = BigInteger.valueOf(utc);
      logical = logical.add(factor.multiply(BigInteger.valueOf(point.logical().bytes())));
      stored = stored.add(factor.multiply(BigInteger.valueOf(point.stored().bytes())));
    }
  }

  private Meter(YearMonth month, ZoneId zone, Instant now) {
    this.month = month;
    this.zone = zone;
    this.now = now;
  }

  /**
   * The earliest instant that a point may have ended at and still count in this month, in either
   * reckoning.
   */
  public static Instant begin(YearMonth month, ZoneId zone) {
    Instant utc = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant local = month.atDay(1).atStartOfDay(zone).toInstant();
    return utc.isBefore(local) ? utc : local;
  }

  /** The first instant at which a point that begins counts in later months only. */
  public static Instant end(YearMonth month, ZoneId zone) {
    YearMonth next = month.plusMonths(1);
    Instant utc = next.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant local = next.atDay(1).atStartOfDay(zone).toInstant();
    return utc.isAfter(local) ? utc : local;
  }

  /**
   * @param points any; those that were not kept in the month are passed over
   * @param unique byte-hours of unique data in the month, by VM
   * @param zone in whose months the hours are shown beside those of UTC
   * @param now until when points count that are still kept
   * @return a line for each VM and policy, by name
   */
  public static List<MeterLine> month(
      YearMonth month,
      ZoneId zone,
      Instant now,
      List<MeteredPoint> points,
      Map<VmId, BigInteger> unique) {
    Meter meter = new Meter(month, zone, now);
    points.forEach(meter::add);
    return meter.lines(unique);
  }

  private void add(MeteredPoint point) {
    Instant until = point.ended().filter(end -> end.isBefore(now)).orElse(now);
    long utc = Months.hours(point.since(), until, ZoneOffset.UTC).getOrDefault(month, 0L);
    long local = Months.hours(point.since(), until, zone).getOrDefault(month, 0L);
    if (utc > 0 || local > 0) {
      sums.computeIfAbsent(new Key(point.site(), point.vm(), point.policy()), key -> new Sum())
          .add(point, utc, local);
    }
  }

  private List<MeterLine> lines(Map<VmId, BigInteger> unique) {
    List<MeterLine> lines = new ArrayList<>();
    Map<VmId, BigInteger> once = new HashMap<>(unique);
    sums.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Key, Sum>, String>comparing(entry -> entry.getValue().name)
                .thenComparing(entry -> entry.getKey().vm().value())
                .thenComparing(entry -> entry.getKey().policy().map(PolicyId::value).orElse("")))
        .forEach(entry -> lines.add(line(entry.getKey(), entry.getValue(), once)));
    return lines;
  }

  /** What is unique is the VM's, not the policy's: the first of its lines has it. */
  private static MeterLine line(Key key, Sum sum, Map<VmId, BigInteger> once) {
    return new MeterLine(
        key.site(),
        key.vm(),
        sum.name,
        key.policy(),
        sum.points,
        sum.hours,
        sum.localHours,
        sum.logical,
        sum.stored,
        Optional.ofNullable(once.remove(key.vm())));
  }
}
