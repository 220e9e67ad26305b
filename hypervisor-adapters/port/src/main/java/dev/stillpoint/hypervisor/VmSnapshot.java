package dev.stillpoint.hypervisor;

import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One VM at one time, readable until removed. */
public interface VmSnapshot extends AutoCloseable {

  /** The manager's reference, for logs and for the lab's own checks. */
  String reference();

  /** The time it shows, by the manager's clock. */
  Instant time();

  /** The checkpoint from which the next snapshot can ask for changes; empty where none was made. */
  Optional<CheckpointId> checkpoint();

  /** The disks that can be read; disks that the platform silently left out are missing here. */
  List<SnapshotDisk> disks();

  /** In which state the guest was found; empty where nobody asked, or nobody could tell. */
  Optional<Consistency> consistency();

  /**
   * Sentences for people about what is not as asked, none of which spoils the snapshot; may grow
   * until it is removed.
   */
  List<String> notes();

  /**
   * Opens one of the disks. Each disk is opened at most once at a time.
   *
   * <p>Ask the reader for its {@link DiskReader#readMode()}: changes may turn out to be lost only
   * when the disk is opened, and then everything is read.
   *
   * @throws dev.stillpoint.model.StillpointException NOT_FOUND for a disk not of this snapshot
   */
  DiskReader open(DiskId disk);

  /**
   * Removes the snapshot, waits until it is gone, keeps its checkpoint. Idempotent.
   *
   * @throws dev.stillpoint.model.StillpointException when the manager could not remove it; the
   *     journal still lists it then
   */
  void remove();

  /**
   * As {@link #remove()}, but logs instead of throwing: for the paths of failure. Does nothing once
   * a removal was tried; one that failed has told so, and would only hold everybody up again.
   */
  @Override
  void close();
}
