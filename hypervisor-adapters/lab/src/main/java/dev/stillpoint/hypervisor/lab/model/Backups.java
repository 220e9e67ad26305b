package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.FrozenDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs backups the way the engine does at cluster level 4.8: with a snapshot and bitmaps. */
public final class Backups {
  private static final int MAX_DESCRIPTION = 1024;

  private final World world;
  private final Vms vms;
  private final Disks disks;

  public Backups(World world, Vms vms, Disks disks) {
    this.world = world;
    this.vms = vms;
    this.disks = disks;
  }

  /** What a client asks for. */
  public record Wish(
      Optional<String> id,
      Optional<String> from,
      Optional<String> description,
      List<String> disks) {
    public Wish {
      disks = List.copyOf(disks);
    }
  }

  public Backup backup(Vm vm, String id) {
    return Optional.ofNullable(vm.backups().get(id)).orElseThrow(EngineFault::missing);
  }

  /** Begins a backup. */
  public Backup start(Vm vm, Wish wish) {
    if (wish.disks().isEmpty()) {
      throw EngineFault.incomplete("Parameter 'backup.disks' is mandatory but was not provided.");
    }
    List<Disk> chosen = wish.disks().stream().map(id -> backedUp(vm, id)).toList();
    validate(vm, wish, chosen);
    String id = wish.id().orElseGet(world.ids()::next);
    String snapshot = vms.beginAutoSnapshot(vm);
    Backup backup =
        new Backup(
            new Backup.Start(id, vm, wish.from(), wish.description(), chosen, snapshot),
            world.now());
    vm.backups().put(id, backup);
    chosen.forEach(disk -> disk.lock(id));
    Duration half = world.times().backupStart().dividedBy(2);
    if (world.faults().strikes(LabFaults.Switch.BACKUP_FAILS)) {
      world.later().in(world.times().backupFailure(), () -> end(backup, Backup.Phase.FAILED));
    } else {
      world.later().in(half, () -> takePointInTime(backup, half));
    }
    return backup;
  }

  private Disk backedUp(Vm vm, String id) {
    Optional<Disk> disk =
        Optional.ofNullable(world.disks().get(id))
            .filter(known -> vm.attachments().containsKey(id) && vm.attachments().get(id).active());
    return disk.orElseThrow(
        () -> EngineFault.conflict("Cannot backup VM. The following disks are not active: " + id));
  }

  private void validate(Vm vm, Wish wish, List<Disk> chosen) {
    if (chosen.stream().anyMatch(Disk::isLocked)) {
      throw EngineFault.conflict("Cannot backup VM: Disk is locked. Please try again later.");
    }
    wish.from()
        .filter(from -> checkpoint(vm, from).isEmpty())
        .ifPresent(
            from -> {
              throw EngineFault.wrong(
                  "Cannot backup VM. Checkpoint ID " + from + " doesn't exist.");
            });
    if (!vm.isUp() && !vm.isDown()) {
      throw EngineFault.conflict(
          "Cannot backup VM. VM " + vm.name() + " must be in status Down, Up or Paused.");
    }
    if (vm.runningBackup().isPresent()) {
      throw EngineFault.conflict("Cannot backup VM. The VM is during a backup operation.");
    }
    if (wish.description().filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
      throw EngineFault.wrong(
          "Cannot backup VM. The VM backup description shouldn't contain more than 1024 characters.");
    }
    wish.id()
        .filter(id -> world.vms().values().stream().anyMatch(one -> one.backups().containsKey(id)))
        .ifPresent(
            id -> {
              throw EngineFault.conflict(
                  "Cannot backup VM. The specified VM backup ID " + id + " already exists.");
            });
  }

  private static Optional<Checkpoint> checkpoint(Vm vm, String id) {
    return vm.checkpoints().stream().filter(one -> one.id().equals(id)).findFirst();
  }

  private void takePointInTime(Backup backup, Duration untilReady) {
    String checkpoint = world.ids().next();
    List<Disk> tracked = backup.disks().stream().filter(Disk::isTracked).toList();
    freezeAll(backup, checkpoint);
    for (Backup.Part part : backup.parts()) {
      world.sums().compute(backup.id(), part.disk().id(), part.view());
    }
    world.later().in(untilReady, () -> ready(backup, checkpoint, tracked));
  }

  /** All disks of the VM stand still together, so that the backup is of one instant. */
  private static void freezeAll(Backup backup, String checkpoint) {
    List<Disk> inOrder = backup.disks().stream().sorted(Comparator.comparing(Disk::id)).toList();
    List<FrozenDisk> frozen = new ArrayList<>();
    try {
      for (Disk disk : inOrder) {
        frozen.add(disk.content().freeze());
      }
      for (int i = 0; i < frozen.size(); i++) {
        Disk disk = inOrder.get(i);
        FrozenDisk still = frozen.get(i);
        backup.add(new Backup.Part(disk, still.snapshot(backup.from())));
        if (disk.isTracked()) {
          still.track(checkpoint);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take the point in time of " + backup.id(), e);
    } finally {
      frozen.forEach(FrozenDisk::close);
    }
  }

  private void ready(Backup backup, String checkpoint, List<Disk> tracked) {
    Vm vm = backup.vm();
    if (!tracked.isEmpty()) {
      Optional<String> parent =
          vm.checkpoints().isEmpty()
              ? Optional.empty()
              : Optional.of(vm.checkpoints().get(vm.checkpoints().size() - 1).id());
      List<String> ids = tracked.stream().map(Disk::id).toList();
      vm.checkpoints().add(new Checkpoint(checkpoint, parent, world.now(), ids));
      backup.leaves(Optional.of(checkpoint));
    }
    vm.snapshots()
        .replaceAll(one -> one.id().equals(backup.snapshotId()) ? one.withLocked(false) : one);
    backup.enter(Backup.Phase.READY, world.now());
    if (backup.isStopWanted()) {
      lingerThenFinalize(backup);
    }
  }

  /** Asks a backup to end. */
  public void finish(Backup backup) {
    if (hasOpenTransfer(backup)) {
      throw EngineFault.conflict(
          "Cannot stop VM backup. There is an active image transfer for VM backup");
    }
    if (backup.phase() != Backup.Phase.STARTING && backup.phase() != Backup.Phase.READY) {
      throw EngineFault.wrong(
          "vm '"
              + backup.vm().id()
              + "' backup '"
              + backup.id()
              + "' is already in '"
              + backup.phase().word()
              + "' phase, no need to stop the backup again");
    }
    if (!backup.isStopWanted()) {
      backup.wantStop();
      if (backup.phase() == Backup.Phase.READY) {
        lingerThenFinalize(backup);
      }
    }
  }

  private boolean hasOpenTransfer(Backup backup) {
    return world.transfers().values().stream()
        .filter(transfer -> transfer.backup().equals(Optional.of(backup)))
        .anyMatch(transfer -> !transfer.phase().isEnd());
  }

  private void lingerThenFinalize(Backup backup) {
    world
        .later()
        .in(
            world.times().backupLinger(),
            () -> {
              backup.enter(Backup.Phase.FINALIZING, world.now());
              world
                  .later()
                  .in(world.times().backupFinalize(), () -> end(backup, Backup.Phase.SUCCEEDED));
            });
  }

  private void end(Backup backup, Backup.Phase phase) {
    Vm vm = backup.vm();
    for (Backup.Part part : backup.parts()) {
      try {
        part.view().close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot merge the snapshot of " + part.disk().id(), e);
      }
    }
    backup.dropParts();
    vm.snapshots().removeIf(one -> one.id().equals(backup.snapshotId()));
    backup.disks().forEach(disk -> disk.unlock(backup.id()));
    backup.enter(phase, world.now());
    if (world.faults().strikes(LabFaults.Switch.BACKUP_RECORD_GONE)) {
      vm.backups().remove(backup.id());
    } else {
      world.later().in(world.times().retention(), () -> vm.backups().remove(backup.id()));
    }
  }

  /** A checkpoint of a VM. */
  public Checkpoint existingCheckpoint(Vm vm, String id) {
    return checkpoint(vm, id).orElseThrow(EngineFault::missing);
  }

  /** Removes a checkpoint; its children go on from its parent. */
  public void removeCheckpoint(Vm vm, String id) {
    Checkpoint gone = existingCheckpoint(vm, id);
    if (vm.runningBackup().isPresent()) {
      throw EngineFault.conflict(
          "Cannot remove VM checkpoint. The VM is during a backup operation.");
    }
    vm.checkpoints().remove(gone);
    vm.checkpoints()
        .replaceAll(
            one ->
                one.parent().equals(Optional.of(id))
                    ? new Checkpoint(one.id(), gone.parent(), one.created(), one.disks())
                    : one);
    disks.forget(gone);
  }
}
