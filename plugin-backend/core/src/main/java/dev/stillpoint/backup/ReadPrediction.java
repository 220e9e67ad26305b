package dev.stillpoint.backup;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.ByteCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a VM will be read, and how long that takes, as far as earlier runs tell. Pure.
 *
 * <p>A VM that was backed up before reads what its last increments read on the average; while there
 * is none, and for a VM that is new, what its disks are large. A read takes what the quickest read
 * of the last runs took, for snapshot and transfer have their times however little changed, and
 * then the bytes at the rate that is left over.
 */
final class ReadPrediction {

  /** While nothing was read yet; one transfer over a network of 1 Gbit/s. */
  static final double DEFAULT_BYTES_PER_SECOND = 100e6;

  /** Faster than any manager hands data out: a run that read next to nothing tells no rate. */
  private static final double MOST_BYTES_PER_SECOND = 5e9;

  private final double overheadSeconds;
  private final double bytesPerSecond;

  /** A VM that was read. */
  private record Observation(double bytes, double seconds) {}

  private ReadPrediction(double overheadSeconds, double bytesPerSecond) {
    this.overheadSeconds = overheadSeconds;
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * @param recent runs of the same site
   */
  static ReadPrediction learntFrom(List<Run> recent) {
    List<Observation> seen = new ArrayList<>();
    for (Run run : recent) {
      run.group().ifPresent(report -> report.vms().forEach(vm -> seen.add(observed(run, vm))));
    }
    double overhead = seen.stream().mapToDouble(Observation::seconds).min().orElse(0);
    double bytes = seen.stream().mapToDouble(Observation::bytes).sum();
    double seconds = seen.stream().mapToDouble(o -> o.seconds() - overhead).sum();
    double rate = seconds > 0 ? bytes / seconds : 0;
    return new ReadPrediction(
        overhead, rate > 0 ? Math.min(rate, MOST_BYTES_PER_SECOND) : DEFAULT_BYTES_PER_SECOND);
  }

  private static Observation observed(Run run, GroupReport.Member vm) {
    long bytes =
        run.vms().get(vm.vm()).disks().stream()
            .map(DiskTask::moved)
            .mapToLong(ByteCount::bytes)
            .sum();
    return new Observation(bytes, seconds(vm.reading()));
  }

  /**
   * @param provisioned what its disks are large, for a VM of which no increment is known
   * @param earlier its last points, the newest first
   */
  double bytes(ByteCount provisioned, List<RestorePoint> earlier) {
    return earlier.stream()
        .filter(
            point ->
                !point.disks().isEmpty()
                    && point.disks().stream().allMatch(disk -> disk.readMode().incremental()))
        .mapToLong(point -> point.disks().stream().mapToLong(disk -> disk.read().bytes()).sum())
        .average()
        .orElse((double) provisioned.bytes());
  }

  double seconds(double bytes) {
    return overheadSeconds + bytes / bytesPerSecond;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
