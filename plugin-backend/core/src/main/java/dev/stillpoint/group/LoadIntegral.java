package dev.stillpoint.group;

import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The loads of a site summed over time: what was seen holds until something else is seen. Memory
 * grows with the VMs, not with the time. Thread-safe.
 */
public final class LoadIntegral {

  private final Map<VmId, Double> carried = new HashMap<>();
  private Map<VmId, Double> latest = Map.of();
  private Optional<Instant> since = Optional.empty();

  /**
   * @param loads bytes a second; a VM that is not in it has none
   */
  public synchronized void add(Instant time, Map<VmId, Double> loads) {
    latest.forEach((vm, load) -> carried.merge(vm, load * secondsUntil(time), Double::sum));
    latest = Map.copyOf(loads);
    since = Optional.of(time);
  }

  /** The loads that were seen last; empty when none were. */
  public synchronized Map<VmId, Double> latest() {
    return latest;
  }

  /**
   * Load-seconds of a VM from the first look until that time.
   *
   * @param time not before the last look
   */
  public synchronized double until(Instant time, VmId vm) {
    return carried.getOrDefault(vm, 0.0) + latest.getOrDefault(vm, 0.0) * secondsUntil(time);
  }

  /** A clock that is set back makes nothing negative. */
  private double secondsUntil(Instant time) {
    return since.map(from -> Math.max(0, Duration.between(from, time).toNanos() / 1e9)).orElse(0.0);
  }
}
