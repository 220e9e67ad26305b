package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.Snapshots;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes points in time of the fake site's VMs. */
final class FakeSnapshots implements Snapshots {

  private final FakeSession session;
  private final FakeManager manager;

  FakeSnapshots(FakeSession session, FakeManager manager) {
    this.session = session;
    this.manager = manager;
  }

  @Override
  public VmSnapshot take(SnapshotRequest request, EffectJournal journal) {
    String reference = request.request().toString();
    Map<String, String> details = Map.of("vm", request.vm().value());
    OutsideEffect effect = new OutsideEffect(OutsideEffect.Kind.SNAPSHOT, reference, details);
    journal.intend(effect);
    List<String> notes = new ArrayList<>();
    FakeSnapshot snapshot;
    try {
      Optional<Consistency> consistency = freeze(request, journal, notes);
      snapshot = session.call(FakeCall.TAKE_SNAPSHOT, () -> make(request, reference, consistency));
    } catch (StillpointException e) {
      journal.released(effect);
      throw e;
    } finally {
      thaw(request.vm(), journal);
    }
    FakeVmSnapshot taken = new FakeVmSnapshot(session, manager, snapshot, journal, effect, notes);
    snapshot.checkpoint.ifPresent(
        id ->
            journal.intend(new OutsideEffect(OutsideEffect.Kind.CHECKPOINT, id.value(), details)));
    return taken;
  }

  private Optional<Consistency> freeze(
      SnapshotRequest request, EffectJournal journal, List<String> notes) {
    VmId vm = request.vm();
    if (manager.power(vm) != PowerState.UP) {
      return Optional.of(Consistency.FILESYSTEM);
    }
    if (request.freezing() == Freezing.NONE) {
      return Optional.empty();
    }
    journal.intend(frozen(vm));
    try {
      session.run(FakeCall.FREEZE, () -> manager.freeze(vm));
      return Optional.of(Consistency.FILESYSTEM);
    } catch (StillpointException e) {
      if (request.freezing() == Freezing.REQUIRE) {
        throw e;
      }
      notes.add(e.getMessage());
      return Optional.of(Consistency.CRASH);
    }
  }

  private void thaw(VmId vm, EffectJournal journal) {
    if (manager.isFrozen(vm)) {
      session.run(FakeCall.THAW, () -> manager.vm(vm).frozen = false);
    }
    journal.released(frozen(vm));
  }

  private static OutsideEffect frozen(VmId vm) {
    return new OutsideEffect(
        OutsideEffect.Kind.FREEZE, vm.value(), Map.of(OutsideEffect.VM, vm.value()));
  }

  @Override
  public List<CheckpointId> checkpoints(VmId vm) {
    return session.call(FakeCall.CHECKPOINTS, () -> List.copyOf(manager.vm(vm).checkpoints));
  }

  private FakeSnapshot make(
      SnapshotRequest request, String reference, Optional<Consistency> consistency) {
    if (manager.snapshots.containsKey(reference)) {
      return manager.snapshots.get(reference);
    }
    FakeVm vm = manager.vm(request.vm());
    requireFree(vm, request.disks());
    boolean tracked = request.disks().stream().anyMatch(d -> vm.attached.get(d).changeTracking());
    Optional<CheckpointId> checkpoint =
        tracked ? Optional.of(new CheckpointId(manager.newId())) : Optional.empty();
    FakeSnapshot snapshot =
        new FakeSnapshot(reference, vm, manager.clock.instant(), checkpoint, consistency);
    for (DiskId id : request.disks()) {
      DiskSettings settings = vm.attached.get(id);
      if (settings.backupRefusal().isEmpty()) {
        FakeDisk disk = manager.disk(id);
        snapshot.images.put(id, image(vm, disk, request.since()));
        if (settings.changeTracking()) {
          checkpoint.ifPresent(c -> disk.changedSince.put(c, new BitSet()));
        }
      }
    }
    checkpoint.ifPresent(vm.checkpoints::add);
    manager.snapshots.put(reference, snapshot);
    manager.snapshotsEver.put(reference, snapshot);
    return snapshot;
  }

  private void requireFree(FakeVm vm, List<DiskId> disks) {
    if (vm.power == PowerState.OTHER) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "VM " + vm.name() + " is neither up nor down",
          "Wait until the VM is up or down");
    }
    if (manager.snapshots.values().stream().anyMatch(s -> s.vm == vm)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Another backup of VM " + vm.name() + " runs",
          "Wait until the other backup has ended");
    }
    for (DiskId disk : disks) {
      if (!vm.attached.containsKey(disk)) {
        throw new StillpointException(
            ErrorKind.NOT_FOUND,
            "VM " + vm.name() + " has no disk " + disk,
            "Choose disks that are attached to the VM");
      }
    }
  }

  private static FakeSnapshot.Image image(FakeVm vm, FakeDisk disk, Optional<CheckpointId> since) {
    byte[] copy = disk.content.clone();
    if (since.isEmpty()) {
      return full(copy, "no earlier backup to compare with");
    }
    if (!disk.settings.changeTracking()) {
      return full(copy, "raw disks have no change tracking");
    }
    if (!vm.checkpoints.contains(since.get())) {
      return full(copy, "the manager no longer has the checkpoint of the last backup");
    }
    return disk.changes(since.get())
        .map(changed -> new FakeSnapshot.Image(copy, ReadMode.INCREMENTAL, changed))
        .orElseGet(() -> full(copy, "the disk was not part of the last backup"));
  }

  private static FakeSnapshot.Image full(byte[] content, String reason) {
    return new FakeSnapshot.Image(content, ReadMode.full(reason), new BitSet());
  }
}
