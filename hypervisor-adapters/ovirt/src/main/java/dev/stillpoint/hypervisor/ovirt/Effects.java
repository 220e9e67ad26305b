package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import java.util.Map;

/** How the adapter's effects stand in the journal. A released format: keys may only be added. */
final class Effects {

  static final String VM = "vm";
  static final String BACKUP = "backup";
  static final String DISK = "disk";
  static final String NAME = "name";

  /** Only with {@link #autoSnapshot}. */
  static final String SNAPSHOT = "snapshot";

  private Effects() {}

  static OutsideEffect snapshot(VmRef vm, String backupId) {
    return new OutsideEffect(Kind.SNAPSHOT, backupId, Map.of(VM, vm.id().value()));
  }

  /** The snapshot that the engine makes for a backup, and merges at its end, or fails to. */
  static OutsideEffect autoSnapshot(VmRef vm, String backupId, String snapshotId) {
    return new OutsideEffect(
        Kind.SNAPSHOT,
        "auto:" + snapshotId,
        Map.of(VM, vm.id().value(), BACKUP, backupId, SNAPSHOT, snapshotId));
  }

  static OutsideEffect checkpoint(VmRef vm, CheckpointId checkpoint) {
    return new OutsideEffect(Kind.CHECKPOINT, checkpoint.value(), Map.of(VM, vm.id().value()));
  }

  /** The reading of a disk of a backup. */
  static OutsideEffect download(VmRef vm, String backupId, DiskId disk) {
    return new OutsideEffect(
        Kind.TRANSFER,
        backupId + ":" + disk,
        Map.of(VM, vm.id().value(), BACKUP, backupId, DISK, disk.value()));
  }

  static OutsideEffect freeze(VmRef vm) {
    return new OutsideEffect(Kind.FREEZE, vm.id().value(), Map.of(VM, vm.id().value()));
  }

  /** The filling of a new disk. */
  static OutsideEffect upload(DiskId disk) {
    return new OutsideEffect(Kind.TRANSFER, "upload:" + disk, Map.of(DISK, disk.value()));
  }

  static OutsideEffect disk(DiskId disk, String name) {
    return new OutsideEffect(Kind.DISK, disk.value(), Map.of(NAME, name));
  }

  static OutsideEffect task(String mark, String description) {
    return new OutsideEffect(Kind.TASK, mark, Map.of(NAME, description));
  }

  static OutsideEffect vm(String mark, String name) {
    return new OutsideEffect(Kind.VM, mark, Map.of(NAME, name));
  }
}
