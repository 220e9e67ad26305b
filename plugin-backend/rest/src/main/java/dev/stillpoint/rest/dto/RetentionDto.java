package dev.stillpoint.rest.dto;

import dev.stillpoint.retention.Gfs;
import dev.stillpoint.retention.KeepTime;
import dev.stillpoint.retention.Retention;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long points are kept.
 *
 * @param keep by kind of run ({@code one-time}, {@code daily}, {@code weekly}, {@code monthly},
 *     {@code manual}): {@code 30d}, {@code 8w}, {@code 12m}, {@code 7y}; a kind that is missing is
 *     kept until somebody deletes it
 * @param zone of days, weeks, months and years; without it UTC
 */
public record RetentionDto(
    Optional<Map<String, String>> keep,
    Optional<Integer> keepLast,
    Optional<GfsDto> gfs,
    Optional<String> zone) {

  /** Of how many days, weeks, months and years a point is kept beyond its time. */
  public record GfsDto(int daily, int weekly, int monthly, int yearly) {}

  public static RetentionDto of(Retention retention) {
    Map<String, String> keep = new TreeMap<>();
    retention.keepFor().forEach((kind, period) -> keep.put(kind.word(), KeepTime.text(period)));
    Gfs gfs = retention.gfs();
    return new RetentionDto(
        Optional.of(keep),
        Optional.of(retention.keepLast()),
        Optional.of(new GfsDto(gfs.daily(), gfs.weekly(), gfs.monthly(), gfs.yearly())),
        Optional.of(retention.zone().getId()));
  }
}
