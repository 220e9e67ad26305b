package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a run stands with one disk.
 *
 * @param disk the disk backed up, or the disk of the restore point
 * @param mode how it is moved
 * @param reason why it is read in full; empty otherwise
 * @param total what is to be moved, known once the disk is open; the end of the progress bar
 * @param done what was moved, at most {@code total}
 * @param moved bytes read from the manager, or written to it
 * @param stored bytes this disk added to the repository
 * @param restoredTo the new disk of a restore
 */
public record DiskTask(
    DiskId disk,
    String name,
    Mode mode,
    String reason,
    ByteCount size,
    ByteCount total,
    ByteCount done,
    ByteCount moved,
    ByteCount stored,
    Duration elapsed,
    Optional<DiskId> restoredTo) {

  /** How a disk is moved. */
  public enum Mode {
    FULL,
    INCREMENTAL,
    RESTORE
  }

  public DiskTask {
    requireNonNull(disk, "disk");
    requireNonNull(name, "name");
    requireNonNull(mode, "mode");
    requireNonNull(reason, "reason");
    requireNonNull(size, "size");
    requireNonNull(total, "total");
    requireNonNull(done, "done");
    requireNonNull(moved, "moved");
    requireNonNull(stored, "stored");
    requireNonNull(elapsed, "elapsed");
    requireNonNull(restoredTo, "restoredTo");
  }

  /** A disk of which nothing has been moved yet. */
  public static DiskTask planned(
      DiskId disk, String name, Mode mode, String reason, ByteCount size, ByteCount total) {
    return new DiskTask(
        disk,
        name,
        mode,
        reason,
        size,
        total,
        ByteCount.ZERO,
        ByteCount.ZERO,
        ByteCount.ZERO,
        Duration.ZERO,
        Optional.empty());
  }

  /** The same disk, further on. */
  public DiskTask withProgress(
      ByteCount newDone, ByteCount newMoved, ByteCount newStored, Duration newElapsed) {
    return new DiskTask(
        disk,
        name,
        mode,
        reason,
        size,
        total,
        newDone,
        newMoved,
        newStored,
        newElapsed,
        restoredTo);
  }

  public DiskTask withRestoredTo(DiskId target) {
    return new DiskTask(
        disk, name, mode, reason, size, total, done, moved, stored, elapsed, Optional.of(target));
  }
}
