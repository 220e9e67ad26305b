package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.FrozenDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs backups the way the engine does: with a snapshot and bitmaps from cluster level 4.7 on, else
 * through the running VM or on a host.
 */
public final class Backups {
  private static final int MAX_DESCRIPTION = 1024;

  private final World world;
  private final Vms vms;
  private final Disks disks;

  public Backups(World world, Vms vms, Disks disks) {
    this.world = world;
    this.vms = vms;
    this.disks = disks;
    vms.whenPowerIsLost(this::vmDied);
  }

  /**
   * What a client asks for.
   *
   * @param legacy not with a snapshot, whatever the level
   * @param consistent fail rather than take a guest that cannot be frozen; the hybrid flow does not
   *     look at it
   */
  public record Wish(
      Optional<String> id,
      Optional<String> from,
      Optional<String> description,
      List<String> disks,
      boolean legacy,
      boolean consistent) {
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
    Backup.Flow flow = flow(vm, wish);
    String id = wish.id().orElseGet(world.ids()::next);
    Optional<String> snapshot =
        flow == Backup.Flow.HYBRID ? Optional.of(vms.beginAutoSnapshot(vm)) : Optional.empty();
    // What the engine cannot back up it leaves out without a word.
    List<Disk> taken = chosen.stream().filter(disk -> disk.spec().kind().isBackedUp()).toList();
    Backup backup =
        new Backup(
            new Backup.Start(id, vm, wish.from(), wish.description(), taken, flow, snapshot),
            world.now());
    vm.backups().put(id, backup);
    taken.forEach(disk -> disk.lock(id));
    if (flow == Backup.Flow.LIVE && wish.from().isPresent() && !redefined(backup)) {
      throw EngineFault.wrong("");
    }
    begin(backup, wish);
    return backup;
  }

  private Backup.Flow flow(Vm vm, Wish wish) {
    if (!wish.legacy() && world.hasHybridBackups()) {
      return Backup.Flow.HYBRID;
    }
    return vm.isDown() ? Backup.Flow.COLD : Backup.Flow.LIVE;
  }

  /** Tells the host again of the checkpoint to start from; if that fails, all are given up. */
  private boolean redefined(Backup backup) {
    if (!world.faults().strikes(LabFaults.Switch.REDEFINE_FAILS)) {
      return true;
    }
    forgetAll(backup.vm());
    fail(backup);
    return false;
  }

  private void begin(Backup backup, Wish wish) {
    Duration half = world.times().backupStart().dividedBy(2);
    if (world.faults().strikes(LabFaults.Switch.BACKUP_FAILS)) {
      world.later().in(world.times().backupFailure(), () -> fail(backup));
    } else if (backup.flow() == Backup.Flow.HYBRID) {
      world.later().in(half, () -> takePointInTime(backup, half));
    } else {
      world.later().in(half, () -> startWithoutSnapshot(backup, wish, half));
    }
  }

  private void fail(Backup backup) {
    end(backup, Backup.Phase.FAILED);
  }

  private void startWithoutSnapshot(Backup backup, Wish wish, Duration untilReady) {
    if (backup.isEnding()) {
      return;
    }
    boolean live = backup.flow() == Backup.Flow.LIVE;
    if (live) {
      backup.enter(Backup.Phase.STARTING, world.now());
    }
    if (live && wish.consistent() && world.faults().isOn(LabFaults.Switch.FREEZE_FAILS)) {
      fail(backup);
    } else {
      takePointInTime(backup, untilReady);
    }
  }

  /** The VM was switched off under its backup: only a snapshot outlives that. */
  private void vmDied(Vm vm) {
    vm.runningBackup().filter(backup -> backup.flow() == Backup.Flow.LIVE).ifPresent(this::fail);
  }

  private Disk backedUp(Vm vm, String id) {
    Optional<Disk> disk =
        Optional.ofNullable(world.disks().get(id))
            .filter(known -> vm.attachments().containsKey(id) && vm.attachments().get(id).active());
    return disk.orElseThrow(
        () ->
            EngineFault.conflict(
                "Cannot backup VM. The following disks are not active on VM "
                    + vm.name()
                    + ": "
                    + id));
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
    wish.from()
        .flatMap(from -> checkpoint(vm, from))
        .filter(from -> !from.valid())
        .ifPresent(
            from -> {
              throw EngineFault.wrong(
                  "Cannot backup VM. Checkpoint ID "
                      + from.id()
                      + " is invalid and should be removed.");
            });
    if (!vm.isUp() && !vm.isDown()) {
      throw EngineFault.conflict(
          "Cannot backup VM. The Virtual Machine should be in Up or Down status.");
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
    backup.beginTaking();
    world
        .later()
        .away(
            () -> freezeAll(backup, checkpoint),
            parts -> {
              parts.forEach(backup::add);
              for (Backup.Part part : parts) {
                world.sums().compute(backup.id(), part.disk().id(), part.view());
              }
              backup.taken(checkpoint);
              backup
                  .wantedEnd()
                  .ifPresentOrElse(
                      phase -> end(backup, phase),
                      () -> world.later().in(untilReady, () -> ready(backup, checkpoint)));
            });
  }

  /** All disks of the VM stand still together, so that the backup is of one instant. */
  private static List<Backup.Part> freezeAll(Backup backup, String checkpoint) {
    List<Disk> inOrder = backup.disks().stream().sorted(Comparator.comparing(Disk::id)).toList();
    List<FrozenDisk> frozen = new ArrayList<>();
    List<Backup.Part> parts = new ArrayList<>();
    try {
      for (Disk disk : inOrder) {
        frozen.add(disk.content().freeze());
      }
      for (int i = 0; i < frozen.size(); i++) {
        Disk disk = inOrder.get(i);
        FrozenDisk still = frozen.get(i);
        parts.add(new Backup.Part(disk, still.snapshot(backup.from())));
        if (disk.isTracked()) {
          still.track(checkpoint);
        }
      }
      return parts;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take the point in time of " + backup.id(), e);
    } finally {
      frozen.forEach(FrozenDisk::close);
    }
  }

  private void ready(Backup backup, String checkpoint) {
    if (backup.isEnding()) {
      return;
    }
    backup.keepBitmaps();
    List<Disk> tracked = backup.tracked();
    Vm vm = backup.vm();
    if (!tracked.isEmpty()) {
      Optional<String> parent =
          vm.checkpoints().isEmpty()
              ? Optional.empty()
              : Optional.of(vm.checkpoints().get(vm.checkpoints().size() - 1).id());
      List<String> ids = tracked.stream().map(Disk::id).toList();
      vm.checkpoints().add(new Checkpoint(checkpoint, parent, world.now(), ids, true));
      backup.leaves(Optional.of(checkpoint));
    }
    vm.snapshots().replaceAll(one -> backup.owns(one) ? one.withLocked(false) : one);
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
    boolean early = backup.phase().compareTo(Backup.Phase.READY) < 0;
    if (early && backup.flow() != Backup.Flow.HYBRID) {
      String step =
          backup.phase() == Backup.Phase.STARTING ? "starting" : backup.flow().firstStep();
      world.later().in(world.times().backupFailure(), () -> fail(backup));
      throw EngineFault.wrong(
          "backup '"
              + backup.id()
              + "' is in '"
              + step
              + "' phase, premature backup stop was initiated.");
    }
    if (!early && backup.phase() != Backup.Phase.READY) {
      throw EngineFault.wrong(
          "vm '"
              + backup.vm().id()
              + "' backup '"
              + backup.id()
              + "' is already in '"
              + backup.phase().word()
              + "' phase, no need to stop the backup again");
    }
    if (backup.isStopWanted()) {
      throw EngineFault.wrong(
          "vm '"
              + backup.vm().id()
              + "' backup '"
              + backup.id()
              + "' is already stopped, no need to stop the backup again");
    }
    backup.wantStop();
    if (backup.phase() == Backup.Phase.READY) {
      lingerThenFinalize(backup);
    }
  }

  private boolean hasOpenTransfer(Backup backup) {
    return world.transfers().values().stream()
        .filter(transfer -> transfer.backup().equals(Optional.of(backup)))
        .anyMatch(transfer -> !transfer.phase().isEnd());
  }

  private void lingerThenFinalize(Backup backup) {
    if (backup.flow() == Backup.Flow.HYBRID) {
      world.later().in(world.times().backupLinger(), () -> finalizing(backup));
    } else {
      finalizing(backup);
    }
  }

  private void finalizing(Backup backup) {
    backup.enter(Backup.Phase.FINALIZING, world.now());
    world.later().in(world.times().backupFinalize(), () -> end(backup, Backup.Phase.SUCCEEDED));
  }

  /** While the host takes the point in time it cannot give it back: the end comes after it. */
  private void end(Backup backup, Backup.Phase phase) {
    if (backup.isTaking()) {
      backup.wantEnd(phase);
      return;
    }
    backup
        .beginEnd()
        .ifPresent(
            parts ->
                world.later().away(() -> givenBack(backup, parts), done -> ended(backup, phase)));
  }

  private boolean givenBack(Backup backup, List<Backup.Part> parts) {
    for (Backup.Part part : parts) {
      try {
        part.view().close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot merge the snapshot of " + part.disk().id(), e);
      }
    }
    backup.uselessBitmaps().ifPresent(name -> backup.tracked().forEach(d -> disks.forget(d, name)));
    return true;
  }

  private void ended(Backup backup, Backup.Phase phase) {
    Vm vm = backup.vm();
    if (!world.faults().strikes(LabFaults.Switch.MERGE_FAILS)) {
      vm.snapshots().removeIf(backup::owns);
    }
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
    if (world.faults().strikes(LabFaults.Switch.CHECKPOINT_STAYS)) {
      vm.checkpoints().replaceAll(one -> one.id().equals(id) ? one.invalid() : one);
      return;
    }
    vm.checkpoints().remove(gone);
    vm.checkpoints()
        .replaceAll(
            one -> one.parent().equals(Optional.of(id)) ? one.withParent(gone.parent()) : one);
    disks.forget(gone);
  }

  /** All checkpoints of a VM are of no more use, as after the undoing of a snapshot's preview. */
  public void invalidate(Vm vm) {
    vm.checkpoints().replaceAll(Checkpoint::invalid);
  }

  private void forgetAll(Vm vm) {
    vm.checkpoints().forEach(disks::forget);
    vm.checkpoints().clear();
  }
}
