package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import java.util.List;
import java.util.Optional;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.ImageTransferDirection;

/** Takes away what the journal says is ours. Touches a thing only after making sure that it is. */
final class OvirtRelease {

  private final Backups backups;
  private final Transfers transfers;
  private final Disks disks;
  private final DiskSwaps swaps;
  private final VmBuilding building;
  private final Others others;

  /** What else of ours may be outside. */
  record Others(
      Guests guests,
      OvirtMediaDrive media,
      OvirtActivityLog activity,
      AutoSnapshots autoSnapshots) {}

  OvirtRelease(
      Backups backups,
      Transfers transfers,
      Disks disks,
      DiskSwaps swaps,
      VmBuilding building,
      Others others) {
    this.backups = backups;
    this.transfers = transfers;
    this.disks = disks;
    this.swaps = swaps;
    this.building = building;
    this.others = others;
  }

  List<OutsideEffect> release(OutsideEffect effect) {
    switch (effect.kind()) {
      case SNAPSHOT -> {
        return releaseSnapshot(VmRef.of(effect.details().get(Effects.VM)), effect);
      }
      case CHECKPOINT ->
          backups.deleteCheckpoint(
              VmRef.of(effect.details().get(Effects.VM)), new CheckpointId(effect.reference()));
      case TRANSFER -> endTransfer(effect);
      case DISK -> deleteOwnDisk(new DiskId(effect.reference()));
      case REPLACED_DISK -> disks.delete(new DiskId(effect.reference()));
      case SWAP -> swaps.undo(effect);
      case FREEZE -> others.guests().thaw(VmRef.of(effect.reference()));
      case VM -> building.deleteMarked(effect.reference(), swaps);
      case MEDIA -> others.media().delete(new DiskId(effect.reference()));
      case TASK -> others.activity().endAbandoned(effect.reference());
    }
    return List.of();
  }

  /**
   * An automatic snapshot is its backup's, as long as that runs. The backup's checkpoint comes to
   * light by the backup's own entry.
   */
  private List<OutsideEffect> releaseSnapshot(VmRef vm, OutsideEffect effect) {
    String snapshot = effect.details().getOrDefault(Effects.SNAPSHOT, "");
    if (snapshot.isEmpty()) {
      return endBackup(vm, effect.reference());
    }
    endBackup(vm, effect.details().get(Effects.BACKUP));
    others.autoSnapshots().delete(vm, snapshot);
    return List.of();
  }

  private List<OutsideEffect> endBackup(VmRef vm, String id) {
    Optional<BackupRecord> found = backups.find(vm, id);
    if (found.isEmpty()) {
      return List.of();
    }
    BackupRecord record = found.get();
    if (record.isStarting()) {
      record = backups.awaitReady(vm, id, () -> {});
    }
    if (!record.hasEnded()) {
      for (Disk disk : backups.disks(vm, id)) {
        transfers.endAll(new DiskId(disk.id()), ImageTransferDirection.DOWNLOAD);
      }
      backups.end(vm, id);
    }
    return record
        .checkpoint()
        .filter(c -> backups.checkpoints(vm).contains(c))
        .map(c -> List.of(Effects.checkpoint(vm, c)))
        .orElse(List.of());
  }

  /** A transfer is known to be ours by the backup it reads, or by the disk that we made. */
  private void endTransfer(OutsideEffect effect) {
    DiskId disk = new DiskId(effect.details().get(Effects.DISK));
    String backup = effect.details().getOrDefault(Effects.BACKUP, "");
    if (backup.isEmpty()) {
      transfers.endAll(disk, ImageTransferDirection.UPLOAD);
      return;
    }
    boolean runs =
        backups
            .find(VmRef.of(effect.details().get(Effects.VM)), backup)
            .filter(record -> !record.hasEnded())
            .isPresent();
    if (runs) {
      transfers.endAll(disk, ImageTransferDirection.DOWNLOAD);
    }
  }

  private void deleteOwnDisk(DiskId disk) {
    if (disks.find(disk).isPresent()) {
      transfers.endAll(disk, ImageTransferDirection.UPLOAD);
      disks.delete(disk);
    }
  }
}
