package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;

/**
 * The time that VMs of a run share, by their manager's clock.
 *
 * @param vms how many they are
 * @param earliest of their snapshots
 * @param latest of their snapshots
 */
public record GroupTime(int vms, Instant earliest, Instant latest) {

  public GroupTime {
    requireNonNull(earliest, "earliest");
    requireNonNull(latest, "latest");
    if (vms < 1 || latest.isBefore(earliest)) {
      throw new IllegalArgumentException(vms + " VMs from " + earliest + " to " + latest);
    }
  }

  /**
   * @param times of their snapshots, at least one
   */
  public static GroupTime of(Collection<Instant> times) {
    return new GroupTime(times.size(), Collections.min(times), Collections.max(times));
  }

  /** How far the snapshots are apart. */
  public Duration skew() {
    return Duration.between(earliest, latest);
  }
}
