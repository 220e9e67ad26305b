package dev.stillpoint.backup;

import static java.util.stream.Collectors.toMap;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the VMs' storages have room for what their snapshots take while they are read.
 * Thread-safe.
 *
 * <p>A storage that fills up stops every VM on it: a backup must not be the cause. So a share of
 * the disks' size must be free before a snapshot, all VMs of the run counted; and when only a
 * quarter of that is left while the run reads, the VMs there are given up and their snapshots go.
 */
final class SnapshotRoom {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRoom.class);
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final int LEAST_PART = 4;
  private static final int PERCENT = 100;
  private static final long LEAST_ON_BLOCKS = 4L << 30;

  private final Inventory inventory;
  private final int percent;
  private final InstantSource clock;
  private final Map<String, ByteCount> wanted = new HashMap<>();
  private Map<String, StorageSpace> storages = Map.of();
  private Optional<Instant> looked = Optional.empty();

  /**
   * @param percent of a disk's size that must be free where it lies; 0: nothing is looked at
   */
  SnapshotRoom(Inventory inventory, int percent, InstantSource clock) {
    this.inventory = inventory;
    this.percent = percent;
    this.clock = clock;
  }

  /**
   * Asked before a VM's snapshot, once for each VM.
   *
   * @throws StillpointException OUT_OF_SPACE naming the storage, with the figures
   */
  synchronized void admit(String vm, List<DiskSettings> disks) {
    if (percent == 0) {
      return;
    }
    if (looked.isEmpty()) {
      look();
    }
    Map<String, ByteCount> more =
        disks.stream().collect(toMap(d -> d.storage().id(), this::share, ByteCount::plus));
    for (Map.Entry<String, ByteCount> one : more.entrySet()) {
      StorageSpace storage = storages.get(one.getKey());
      ByteCount needed = wanted.getOrDefault(one.getKey(), ByteCount.ZERO).plus(one.getValue());
      if (storage != null && needed.compareTo(storage.available()) > 0) {
        throw new StillpointException(
            ErrorKind.OUT_OF_SPACE,
            ("Storage %s has %s left, too little for a snapshot of VM %s: %s are wanted,"
                    + " %d %% of the disks backed up there in this run%s")
                .formatted(
                    storage.name(),
                    storage.available(),
                    vm,
                    needed,
                    percent,
                    onBlocksText(storage)),
            "Make room on the storage, or lower backup.snapshot-room-percent.");
      }
    }
    more.forEach((storage, share) -> wanted.merge(storage, share, ByteCount::plus));
  }

  private static String onBlocksText(StorageSpace storage) {
    return storage.onBlocks() ? ", at least 4 GiB of each" : "";
  }

  /**
   * On blocks a platform sets the room aside in large pieces: oVirt takes the larger of a fifth of
   * the disk and 4 GiB there for the scratch disk of a live backup.
   */
  private ByteCount share(DiskSettings disk) {
    long size = disk.size().bytes();
    long share = Math.multiplyExact(size / PERCENT, percent);
    StorageSpace storage = storages.get(disk.storage().id());
    boolean onBlocks = storage != null && storage.onBlocks();
    return ByteCount.ofBytes(onBlocks ? Math.max(share, Math.min(size, LEAST_ON_BLOCKS)) : share);
  }

  /**
   * Asked again and again while a VM is read; looks at the manager each quarter of a minute.
   *
   * @throws StillpointException OUT_OF_SPACE when the storage is about to be full
   */
  synchronized void check(String vm, String storageId) {
    if (percent == 0) {
      return;
    }
    Instant now = clock.instant();
    if (looked.filter(last -> now.isBefore(last.plus(INTERVAL))).isEmpty()) {
      lookAgain();
    }
    StorageSpace storage = storages.get(storageId);
    long least = wanted.getOrDefault(storageId, ByteCount.ZERO).bytes() / LEAST_PART;
    if (storage != null && storage.available().bytes() < least) {
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          ("Storage %s has only %s left: the backup of VM %s was given up,"
                  + " so that its snapshot does not fill the storage")
              .formatted(storage.name(), storage.available(), vm),
          "Make room on the storage, then run the backup again.");
    }
  }

  /** A manager that does not answer now is no reason to lose a backup. */
  private void lookAgain() {
    try {
      look();
    } catch (StillpointException e) {
      looked = Optional.of(clock.instant());
      LOG.warn("the space of storages is not known: {}", e.getMessage());
    }
  }

  private void look() {
    storages = inventory.storages().stream().collect(toMap(StorageSpace::id, s -> s, (a, b) -> a));
    looked = Optional.of(clock.instant());
  }
}
