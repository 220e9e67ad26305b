package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes away what the journal lists. Called with the manager's monitor held. */
final class FakeRelease {

  private final FakeManager manager;

  FakeRelease(FakeManager manager) {
    this.manager = manager;
  }

  List<OutsideEffect> release(OutsideEffect effect) {
    switch (effect.kind()) {
      case SNAPSHOT -> {
        return endSnapshot(effect);
      }
      case CHECKPOINT -> dropCheckpoint(effect);
      case TRANSFER -> endTransfer(effect);
      case DISK, REPLACED_DISK -> deleteDisk(new DiskId(effect.reference()));
      case SWAP -> undoSwap(effect);
      case VM -> deleteVm(effect.reference());
      case FREEZE -> thaw(new VmId(effect.reference()));
      case MEDIA -> deleteMedium(new DiskId(effect.reference()));
      case TASK ->
          Optional.ofNullable(manager.tasks.get(effect.reference()))
              .filter(task -> task.state.equals("running"))
              .ifPresent(task -> task.end(false));
    }
    return List.of();
  }

  private List<OutsideEffect> endSnapshot(OutsideEffect effect) {
    return Optional.ofNullable(manager.snapshots.remove(effect.reference()))
        .flatMap(s -> s.checkpoint)
        .map(
            id ->
                List.of(
                    new OutsideEffect(
                        OutsideEffect.Kind.CHECKPOINT,
                        id.value(),
                        Map.of("vm", effect.details().get("vm")))))
        .orElse(List.of());
  }

  private void dropCheckpoint(OutsideEffect effect) {
    CheckpointId id = new CheckpointId(effect.reference());
    manager.vms.values().forEach(vm -> vm.checkpoints.remove(id));
    manager.disks.values().forEach(disk -> disk.changedSince.remove(id));
  }

  private void endTransfer(OutsideEffect effect) {
    DiskId id = new DiskId(effect.details().get("disk"));
    if (effect.details().containsKey("snapshot")) {
      Optional.ofNullable(manager.snapshots.get(effect.details().get("snapshot")))
          .ifPresent(s -> s.transfers.remove(id));
    } else {
      Optional.ofNullable(manager.disks.get(id))
          .filter(d -> d.uploading)
          .ifPresent(d -> manager.disks.remove(id));
    }
  }

  private void deleteDisk(DiskId id) {
    if (manager.isAttached(id)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Disk " + id + " is attached to a VM and was not deleted",
          "Detach the disk if it is not needed");
    }
    manager.disks.remove(id);
  }

  private void deleteMedium(DiskId id) {
    List<String> users = manager.drivesWith(id);
    if (!users.isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Disk " + id + " is in the drive of " + users, "Eject it first");
    }
    deleteDisk(id);
  }

  private void undoSwap(OutsideEffect effect) {
    VmId vmId = new VmId(effect.details().get("vm"));
    DiskId old = new DiskId(effect.reference());
    DiskId replacement = new DiskId(effect.details().get("replacement"));
    Optional.ofNullable(manager.vms.get(vmId))
        .ifPresent(
            vm -> {
              DiskSettings place = vm.attached.remove(replacement);
              if (place != null) {
                vm.attached.put(old, place.withId(old));
              }
            });
  }

  private void thaw(VmId vm) {
    Optional.ofNullable(manager.vms.get(vm)).ifPresent(found -> found.frozen = false);
  }

  private void deleteVm(String mark) {
    manager.vms.values().removeIf(vm -> vm.comment().contains(mark));
  }
}
