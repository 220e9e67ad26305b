package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.doc.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes, changes, starts, stops and removes VMs. */
public final class Vms {
  private static final String ACTIVE = "Active VM";

  private final World world;
  private final Disks disks;
  private Consumer<Vm> powerLoss = vm -> {};

  public Vms(World world, Disks disks) {
    this.world = world;
    this.disks = disks;
  }

  /** A VM that is there from the start. */
  public Vm prepare(String id, Element settings, boolean up) {
    Vm vm = add(id, settings);
    if (up) {
      vm.enter(Vm.Status.UP, world.now());
    }
    return vm;
  }

  /** A new VM, down, without disks and network cards. */
  public Vm create(Optional<String> wantedId, Element asked) {
    String name =
        asked
            .textAt("name")
            .filter(given -> !given.isBlank())
            .orElseThrow(() -> EngineFault.incomplete("Vm [name] required for add"));
    refuseNameInUse(name, Optional.empty());
    wantedId
        .map(world.vms()::get)
        .ifPresent(
            old -> {
              throw EngineFault.conflict(
                  "Cannot add VM. VM with the same identifier already exists.");
            });
    return add(wantedId.orElseGet(world.ids()::next), asked);
  }

  private Vm add(String id, Element asked) {
    Vm vm = new Vm(id, VmDefaults.complete(asked), world.now());
    vm.snapshots().add(new VmSnapshot(world.ids().next(), ACTIVE, world.now(), false, "active"));
    world.vms().put(id, vm);
    world.organisation().vmMade(vm);
    return vm;
  }

  /** Changes settings; what is not named stays. */
  public void update(Vm vm, Element change) {
    change.textAt("name").ifPresent(name -> refuseNameInUse(name, Optional.of(vm)));
    vm.change(VmDefaults.fitMemory(vm.settings(), change));
  }

  private void refuseNameInUse(String name, Optional<Vm> self) {
    boolean used =
        world.vms().values().stream()
            .anyMatch(other -> other.name().equals(name) && !self.equals(Optional.of(other)));
    if (used) {
      String action = self.isPresent() ? "edit" : "add";
      throw EngineFault.conflict(
          "Cannot "
              + action
              + " VM. The VM name is already in use, please choose a unique name and try again.");
    }
  }

  /** Removes a VM, with its disks or without. */
  public void remove(Vm vm, boolean keepDisks) {
    if (!vm.isDown()) {
      throw EngineFault.conflict("Cannot remove VM. VM is running.");
    }
    if (vm.runningBackup().isPresent()) {
      throw EngineFault.conflict("Cannot remove VM. The VM is during a backup operation.");
    }
    List<Disk> held = vm.attachments().keySet().stream().map(world::disk).toList();
    held.forEach(disk -> Disks.refuseLocked(disk, "remove"));
    for (Disk disk : held) {
      disks.takeOff(vm, disk.id(), !keepDisks);
    }
    world.vms().remove(vm.id());
    world.organisation().vmRemoved(vm);
  }

  /** Begins to start a VM. */
  public void start(Vm vm) {
    refuseUnless(vm, Set.of(Vm.Status.DOWN), "run");
    refuseDuringBackup(vm, "run");
    if (vm.attachments().keySet().stream().map(world::disk).anyMatch(Disk::isLocked)) {
      throw EngineFault.conflict("Cannot run VM: Disk is locked. Please try again later.");
    }
    vm.enter(Vm.Status.WAIT_FOR_LAUNCH, world.now());
    world.later().in(world.times().vmStart(), () -> vm.enter(Vm.Status.UP, world.now()));
  }

  /** Begins to switch a VM off. */
  public void stop(Vm vm, String action) {
    refuseUnless(vm, Set.of(Vm.Status.UP, Vm.Status.WAIT_FOR_LAUNCH), action);
    refuseDuringBackup(vm, action);
    vm.enter(Vm.Status.POWERING_DOWN, world.now());
    world.later().in(world.times().vmStop(), () -> switchOff(vm));
  }

  /** Switches a VM on or off at once, as its owner would at the host. */
  public void power(Vm vm, boolean up) {
    if (up) {
      vm.enter(Vm.Status.UP, world.now());
    } else {
      switchOff(vm);
      powerLoss.accept(vm);
    }
  }

  /** What else happens when a VM goes down under its guest. */
  void whenPowerIsLost(Consumer<Vm> also) {
    powerLoss = also;
  }

  /** The guest's file systems stand still, as far as there are any in the lab. */
  public void freeze(Vm vm) {
    refuseUnless(vm, Set.of(Vm.Status.UP), "freeze");
    if (world.faults().strikes(LabFaults.Switch.FREEZE_FAILS)) {
      throw EngineFault.wrong("Unable to freeze guest filesystems");
    }
  }

  /** A backup with a snapshot leaves the VM alone; one kept record of another kind is enough. */
  private static void refuseDuringBackup(Vm vm, String action) {
    boolean strict =
        vm.backups().values().stream().anyMatch(one -> one.flow() != Backup.Flow.HYBRID);
    if (strict && vm.runningBackup().isPresent()) {
      throw EngineFault.conflict("Cannot " + action + " VM. The VM is during a backup operation.");
    }
  }

  private void switchOff(Vm vm) {
    vm.enter(Vm.Status.DOWN, world.now());
    restartCounters(vm);
  }

  /** Moves a running VM to a new process, as a live migration does: its counters begin anew. */
  public void migrate(Vm vm) {
    refuseUnless(vm, Set.of(Vm.Status.UP), "migrate");
    refuseDuringBackup(vm, "migrate");
    restartCounters(vm);
  }

  private void restartCounters(Vm vm) {
    vm.attachments().keySet().forEach(disk -> world.disk(disk).restartCounters());
  }

  private static void refuseUnless(Vm vm, Set<Vm.Status> allowed, String action) {
    if (!allowed.contains(vm.status())) {
      throw EngineFault.conflict(
          "Cannot " + action + " VM because the VM is in " + vm.status().spoken() + " status.");
    }
  }

  /** Puts a disk into the drive, or takes it out. */
  public void changeCd(Vm vm, Optional<String> file, boolean current) {
    if (current && !vm.isUp()) {
      throw EngineFault.conflict(
          "Cannot Change CD VM because the VM is in " + vm.status().spoken() + " status.");
    }
    file.filter(id -> !isIso(id))
        .ifPresent(
            id -> {
              throw EngineFault.wrong("Cannot edit VM. There is no ISO image " + id + ".");
            });
    boolean changes = !vm.cd(current).equals(file);
    if (current
        && changes
        && vm.cd(true).isPresent()
        && world.faults().isOn(LabFaults.Switch.TRAY_LOCKED)) {
      throw EngineFault.wrong(
          "Failed to perform \"Change CD\" operation, CD might be still in use by the VM.\nPlease"
              + " try to manually detach the CD from withing the VM:\n  1. Log in to the VM\n  2 "
              + " For Linux VMs, un-mount the CD using umount command;\n     For Windows VMs,"
              + " right click on the CD drive and click 'Eject';");
    }
    vm.insert(file, current);
  }

  private boolean isIso(String id) {
    Disk disk = world.disks().get(id);
    return disk != null && disk.spec().contentType().equals("iso");
  }

  /** Begins to remove a snapshot. */
  public void removeSnapshot(Vm vm, String id) {
    VmSnapshot snapshot = snapshot(vm, id);
    if (vm.runningBackup().isPresent()) {
      throw EngineFault.conflict("Cannot remove Snapshot. The VM is during a backup operation.");
    }
    if (snapshot.type().equals("active")) {
      throw EngineFault.conflict("Cannot remove Snapshot. The active snapshot cannot be removed.");
    }
    vm.snapshots().replaceAll(one -> one.id().equals(id) ? one.withLocked(true) : one);
    world.later().in(world.times().snapshotDelete(), () -> merge(vm, id));
  }

  /** A merge that fails leaves the snapshot as it was. */
  private void merge(Vm vm, String id) {
    if (world.faults().strikes(LabFaults.Switch.MERGE_FAILS)) {
      vm.snapshots().replaceAll(one -> one.id().equals(id) ? one.withLocked(false) : one);
    } else {
      vm.snapshots().removeIf(one -> one.id().equals(id));
    }
  }

  /** A snapshot of a VM. */
  public VmSnapshot snapshot(Vm vm, String id) {
    return vm.snapshots().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                EngineFault.missing(
                    "Entity not found: GetSnapshotBySnapshotId: snapshot id=" + id));
  }

  String beginAutoSnapshot(Vm vm) {
    return makeSnapshot(vm, "Auto-generated for Backup VM", true);
  }

  /** Makes a snapshot at once. */
  public String makeSnapshot(Vm vm, String description) {
    return makeSnapshot(vm, description, false);
  }

  /** The snapshot takes over the id of the active one, as in the engine. */
  private String makeSnapshot(Vm vm, String description, boolean locked) {
    VmSnapshot active =
        vm.snapshots().stream().filter(s -> s.type().equals("active")).findFirst().orElseThrow();
    vm.snapshots().remove(active);
    vm.snapshots().add(new VmSnapshot(active.id(), description, world.now(), locked, "regular"));
    vm.snapshots().add(new VmSnapshot(world.ids().next(), ACTIVE, world.now(), false, "active"));
    return active.id();
  }
}
