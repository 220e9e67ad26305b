package dev.stillpoint.retention;

import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.retention.RetentionPlanner.LivingPolicy;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts good points of one VM, the newest first, and says which of them a policy's rules keep.
 *
 * <p>Of a VM that is gone no new points come, so counting them would keep the old ones for ever:
 * there days, weeks, months and years are counted back from today, and the last points are not
 * kept.
 */
final class Rules {

  private final LivingPolicy policy;
  private final List<Bucket> buckets;
  private int lastLeft;

  /** One point for each of so many days, weeks, months or years. */
  private static final class Bucket {

    private final ReasonCode what;
    private final int most;
    private final Function<LocalDate, String> key;
    private final Optional<LocalDate> oldest;
    private int taken;
    private String last = "";

    Bucket(ReasonCode what, int most, Function<LocalDate, String> key, Optional<LocalDate> oldest) {
      this.what = what;
      this.most = most;
      this.key = key;
      this.oldest = oldest;
    }

    Optional<Reason> next(LocalDate date) {
      String now = key.apply(date);
      boolean tooOld = oldest.filter(date::isBefore).isPresent();
      if (taken == most || tooOld || now.equals(last)) {
        return Optional.empty();
      }
      taken++;
      last = now;
      return Optional.of(Reason.of(what, now, taken, most));
    }
  }

  /**
   * @param lastDay of a VM that is gone: today, from where is counted back
   */
  Rules(LivingPolicy policy, Optional<LocalDate> lastDay) {
    this.policy = policy;
    Gfs gfs = policy.retention().gfs();
    lastLeft = lastDay.isPresent() ? 0 : policy.retention().keepLast();
    buckets =
        List.of(
            new Bucket(
                ReasonCode.DAILY,
                gfs.daily(),
                LocalDate::toString,
                lastDay.map(day -> day.minusDays(gfs.daily()))),
            new Bucket(
                ReasonCode.WEEKLY,
                gfs.weekly(),
                Rules::week,
                lastDay.map(day -> day.minusWeeks(gfs.weekly()))),
            new Bucket(
                ReasonCode.MONTHLY,
                gfs.monthly(),
                date -> date.toString().substring(0, 7),
                lastDay.map(day -> day.minusMonths(gfs.monthly()))),
            new Bucket(
                ReasonCode.YEARLY,
                gfs.yearly(),
                date -> String.valueOf(date.getYear()),
                lastDay.map(day -> day.minusYears(gfs.yearly()))));
  }

  private static String week(LocalDate date) {
    return String.format(
        Locale.ROOT,
        "%d-W%02d",
        date.get(IsoFields.WEEK_BASED_YEAR),
        date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  boolean mayKeepMore() {
    return lastLeft > 0 || buckets.stream().anyMatch(bucket -> bucket.taken < bucket.most);
  }

  /** Why rules keep the point, if any does; every rule counts it, whichever gives a reason. */
  List<Reason> next(KeptPoint point) {
    LocalDate date = point.time().atZone(policy.retention().zone()).toLocalDate();
    List<Reason> reasons = new ArrayList<>();
    if (lastLeft > 0) {
      int most = policy.retention().keepLast();
      reasons.add(Reason.of(ReasonCode.AMONG_LAST, most, most - lastLeft + 1));
      lastLeft--;
    }
    buckets.forEach(bucket -> bucket.next(date).ifPresent(reasons::add));
    return reasons;
  }
}
