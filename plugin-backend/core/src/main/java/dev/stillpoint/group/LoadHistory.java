package dev.stillpoint.group;

import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The loads that were seen in the course of a run, in bytes a second. Thread-safe. */
public final class LoadHistory {

  private final List<Sample> samples = new ArrayList<>();

  private record Sample(Instant time, Map<VmId, Double> loads) {}

  /**
   * @param time not before that of the last call
   */
  public synchronized void add(Instant time, Map<VmId, Double> loads) {
    samples.add(new Sample(time, Map.copyOf(loads)));
  }

  /** Those that were seen last; empty when there are none. */
  public synchronized Map<VmId, Double> latest() {
    return samples.isEmpty() ? Map.of() : samples.get(samples.size() - 1).loads();
  }

  /**
   * A VM's mean between two instants: what was seen holds until something else is seen, and what
   * was seen first also before. Zero for a VM that nobody told of.
   */
  public synchronized double mean(VmId vm, Instant from, Instant to) {
    double sum = 0;
    double latest = samples.isEmpty() ? 0 : of(samples.get(0), vm);
    Instant since = from;
    for (Sample sample : samples) {
      if (sample.time().isAfter(since) && sample.time().isBefore(to)) {
        sum += latest * seconds(since, sample.time());
        since = sample.time();
      }
      if (sample.time().isBefore(to)) {
        latest = of(sample, vm);
      }
    }
    double length = seconds(from, to);
    return length > 0 ? (sum + latest * seconds(since, to)) / length : latest;
  }

  private static double of(Sample sample, VmId vm) {
    return sample.loads().getOrDefault(vm, 0.0);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
