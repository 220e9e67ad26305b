package dev.stillpoint.metering;

import dev.stillpoint.model.VmId;
import dev.stillpoint.space.VmSpace;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Unique bytes of VMs times hours, from one figure for each day. */
public final class UniqueHours {

  private static final long HOUR = 3600;
  private static final long DAY_HOURS = 24;

  private UniqueHours() {}

  /**
   * A day counts 24 hours, today those that were begun.
   *
   * @param days at most one of each VM and day
   */
  public static Map<VmId, BigInteger> of(List<VmSpace> days, Instant now) {
    Map<VmId, BigInteger> result = new HashMap<>();
    for (VmSpace one : days) {
      BigInteger byteHours =
          BigInteger.valueOf(one.unique().bytes())
              .multiply(BigInteger.valueOf(hours(one.day(), now)));
      result.merge(one.vm(), byteHours, BigInteger::add);
    }
    return result;
  }

  private static long hours(LocalDate day, Instant now) {
    long seconds = Duration.between(day.atStartOfDay(ZoneOffset.UTC).toInstant(), now).toSeconds();
    return Math.max(0, Math.min(DAY_HOURS, (seconds + HOUR - 1) / HOUR));
  }
}
