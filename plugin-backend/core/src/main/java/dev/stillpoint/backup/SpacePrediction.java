package dev.stillpoint.backup;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.model.ByteCount;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * How much a backup will add to the repository, as far as it can be told before anything is read.
 * Pure.
 *
 * <p>A disk that was backed up before adds what changed, however it is read: twice the most that
 * its last increments added, or a tenth of what its first backup added while there is no increment.
 * A disk that is new adds what it takes on its storage, times what is left of full reads by
 * compression and by finding the same content again.
 */
final class SpacePrediction {

  /** While nothing was read yet; images of common systems keep 0.4 to 0.6. */
  static final double DEFAULT_RATIO = 0.6;

  /** Content that happened to be known already says nothing about the next disk. */
  private static final double LEAST_RATIO = 0.2;

  /** Maps and small changes are never nothing. */
  private static final long LEAST_BYTES = 1 << 20;

  private final double ratio;

  private SpacePrediction(double ratio) {
    this.ratio = ratio;
  }

  /**
   * @param recent points of any VMs, whose full reads tell what remains of such
   */
  static SpacePrediction learntFrom(List<RestorePoint> recent) {
    long read = 0;
    long stored = 0;
    for (RestorePoint point : recent) {
      for (RestorePoint.Disk disk : point.disks()) {
        if (!disk.readMode().incremental()) {
          read += disk.read().bytes();
          stored += disk.stored().bytes();
        }
      }
    }
    return new SpacePrediction(
        read == 0 ? DEFAULT_RATIO : Math.max(LEAST_RATIO, Math.min(1, (double) stored / read)));
  }

  /**
   * @param disks those that will be read
   * @param earlier the VM's last points, the newest first
   */
  ByteCount of(List<DiskSettings> disks, List<RestorePoint> earlier) {
    return new ByteCount(disks.stream().mapToLong(disk -> of(disk, earlier)).sum());
  }

  private long of(DiskSettings disk, List<RestorePoint> earlier) {
    List<RestorePoint.Disk> before =
        earlier.stream().flatMap(point -> point.disk(disk.id()).stream()).toList();
    if (before.isEmpty()) {
      return Math.round(disk.allocated().orElse(disk.size()).bytes() * ratio);
    }
    LongSummaryStatistics increments =
        before.stream()
            .filter(read -> read.readMode().incremental())
            .mapToLong(read -> read.stored().bytes())
            .summaryStatistics();
    long expected =
        increments.getCount() > 0
            ? 2 * increments.getMax()
            : before.get(before.size() - 1).stored().bytes() / 10;
    return Math.min(disk.size().bytes(), Math.max(LEAST_BYTES, expected));
  }
}
