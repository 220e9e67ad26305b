package dev.stillpoint.backup;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.repository.ImageRef;
import java.util.List;
import java.util.Optional;

/**
 * What a backup of a VM is compared with: its newest restore point, where the manager still has the
 * checkpoint of it. Pure; in doubt there is no baseline, and the reason says why.
 */
final class Baseline {

  private final Optional<RestorePoint> newest;
  private final Optional<RestorePoint> point;
  private final String whyFull;

  private Baseline(Optional<RestorePoint> newest, Optional<RestorePoint> point, String whyFull) {
    this.newest = newest;
    this.point = point;
    this.whyFull = whyFull;
  }

  static Baseline choose(Optional<RestorePoint> newest, List<CheckpointId> onManager) {
    if (newest.isEmpty()) {
      return new Baseline(newest, Optional.empty(), Reason.of(ReasonCode.FIRST_OF_VM).text());
    }
    Optional<CheckpointId> checkpoint = newest.get().checkpoint();
    if (checkpoint.isEmpty()) {
      return new Baseline(newest, Optional.empty(), Reason.of(ReasonCode.NO_CHECKPOINT).text());
    }
    if (!onManager.contains(checkpoint.get())) {
      return new Baseline(newest, Optional.empty(), Reason.of(ReasonCode.CHECKPOINT_GONE).text());
    }
    return new Baseline(newest, newest, "");
  }

  /** From where changes are asked. */
  Optional<CheckpointId> checkpoint() {
    return point.flatMap(RestorePoint::checkpoint);
  }

  /**
   * The checkpoint that the next point makes useless: also one that the manager counts as invalid,
   * which would stay for ever otherwise.
   */
  Optional<CheckpointId> superseded() {
    return newest.flatMap(RestorePoint::checkpoint);
  }

  /** The earlier image of a disk, or why it must be read in full. */
  Base base(SnapshotDisk disk, DiskSettings settings) {
    if (!settings.changeTracking()) {
      return Base.none(Reason.of(ReasonCode.NO_CHANGE_TRACKING, settings.format()).text());
    }
    if (point.isEmpty()) {
      return Base.none(whyFull);
    }
    Optional<RestorePoint.Disk> before = point.get().disk(disk.id());
    if (before.isEmpty()) {
      return Base.none(Reason.of(ReasonCode.FIRST_OF_DISK).text());
    }
    if (!before.get().size().equals(disk.size())) {
      return Base.none(Reason.of(ReasonCode.RESIZED, before.get().size()).text());
    }
    if (!disk.readMode().incremental()) {
      return Base.none(disk.readMode().reason());
    }
    return new Base(Optional.of(new ImageRef(point.get().id(), disk.id().value())), "");
  }

  /**
   * An image to build on.
   *
   * @param whyNone why there is none; empty when there is one
   */
  record Base(Optional<ImageRef> image, String whyNone) {

    static Base none(String why) {
      return new Base(Optional.empty(), why);
    }
  }
}
