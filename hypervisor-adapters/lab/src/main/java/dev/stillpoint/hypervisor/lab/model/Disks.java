package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.BaseImage;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes, changes and removes disks, and hangs them on VMs. */
public final class Disks {
  /** A domain is full for the engine when less than this would be left. */
  private static final long CRITICAL_BYTES = 5L << 30;

  private static final Pattern NAME = Pattern.compile("[\\p{L}0-9._-]*");
  private static final String DELETION = "deletion";

  private final World world;

  public Disks(World world) {
    this.world = world;
  }

  /** A disk that is there from the start. */
  public Disk prepare(String id, DiskSpec spec, Optional<BaseImage> base) {
    Disk disk = new Disk(id, Ids.named("image " + id), spec, content(id, spec, base), true);
    world.disks().put(id, disk);
    return disk;
  }

  /**
   * Begins to make a disk.
   *
   * @param wantedId the id it shall have
   * @param initialBytes storage to take at once
   */
  public Disk create(Optional<String> wantedId, DiskSpec spec, long initialBytes) {
    if (spec.incremental() && !spec.isCow()) {
      String kind = spec.sparse() ? "Sparse" : "Preallocated";
      throw EngineFault.conflict(
          "Cannot add Virtual Disk. Disk configuration (RAW "
              + kind
              + " backup-Incremental) is incompatible with the storage domain type.");
    }
    if (!NAME.matcher(spec.name()).matches()) {
      throw EngineFault.wrong(
          "Invalid disk alias. Only alphanumeric characters, \"-\", \"_\" and \".\" are allowed.");
    }
    wantedId.map(world.disks()::get).ifPresent(Disks::refuseSecond);
    StorageDomain domain = world.domain(spec.domain());
    long needed = spec.sparse() ? initialBytes : spec.sizeBytes();
    if (world.availableBytes(domain) - needed < CRITICAL_BYTES) {
      throw EngineFault.conflict(
          "Cannot add Virtual Disk. Low disk space on Storage Domain " + domain.name() + ".");
    }
    String id = wantedId.orElseGet(world.ids()::next);
    Disk disk = new Disk(id, world.ids().next(), spec, content(id, spec, Optional.empty()), false);
    world.disks().put(id, disk);
    disk.lock(Disk.CREATION);
    if (!world.faults().strikes(LabFaults.Switch.DISK_STAYS_LOCKED)) {
      world.later().in(world.times().diskCreate(), () -> disk.unlock(Disk.CREATION));
    }
    return disk;
  }

  private static void refuseSecond(Disk old) {
    throw EngineFault.conflict(
        "Cannot add Virtual Disk. The selected disk ID: "
            + old.id()
            + " is already used by the following existing disk: "
            + old.name());
  }

  private DiskImage content(String id, DiskSpec spec, Optional<BaseImage> base) {
    try {
      return world.plane().create(id, spec.isCow(), spec.sizeBytes(), base);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the image of disk " + id, e);
    }
  }

  /** Gives a disk another name or description. */
  public void update(Disk disk, Optional<String> name, Optional<String> description) {
    refuseLocked(disk, "edit");
    name.ifPresent(disk::rename);
    description.ifPresent(disk::describe);
  }

  /** Begins to remove a disk. */
  public void remove(Disk disk) {
    refuseLocked(disk, "remove");
    if (world.holders(disk).stream().anyMatch(vm -> !vm.isDown())) {
      throw EngineFault.conflict(
          "Cannot remove Virtual Disk. At least one of the VMs is not down.");
    }
    refuseInDrive(disk);
    disk.lock(DELETION);
    world.later().in(world.times().diskDelete(), () -> vanish(disk));
  }

  /** The engine looks at the configured drive only, not at what is loaded now. */
  private void refuseInDrive(Disk disk) {
    List<String> users =
        world.vms().values().stream()
            .filter(vm -> vm.cd(false).equals(Optional.of(disk.id())))
            .map(Vm::name)
            .toList();
    if (!users.isEmpty()) {
      throw EngineFault.conflict(
          "Cannot remove Virtual Disk. The disk is an ISO disk attached as CDROM to the following"
              + " VMs/Templates: "
              + String.join(",", users)
              + ".");
    }
  }

  /** The disk is gone, wherever it was attached. */
  void vanish(Disk disk) {
    world.holders(disk).forEach(vm -> vm.attachments().remove(disk.id()));
    world.disks().remove(disk.id());
    disk.content().delete();
  }

  static void refuseLocked(Disk disk, String action) {
    if (disk.isLocked()) {
      throw EngineFault.conflict(
          "Cannot "
              + action
              + " Virtual Disk: The following disks are locked: "
              + disk.name()
              + ". Please try again in a few minutes.");
    }
  }

  /** Hangs a disk on a VM. */
  public void attach(Vm vm, Attachment attachment) {
    Disk disk =
        Optional.ofNullable(world.disks().get(attachment.disk()))
            .orElseThrow(
                () ->
                    EngineFault.conflict(
                        "Cannot attach Virtual Disk. The specified disk does not exist."));
    if (vm.attachments().containsKey(disk.id())) {
      throw EngineFault.conflict("Cannot attach Virtual Disk. The disk is already attached to VM.");
    }
    boolean shared = disk.spec().kind() == DiskSpec.Kind.SHAREABLE;
    if (!shared && !world.holders(disk).isEmpty()) {
      throw EngineFault.conflict(
          "Cannot attach Virtual Disk. The disk is not shareable and is attached to another VM.");
    }
    refuseLocked(disk, "attach");
    refuseSecondBoot(vm, attachment);
    vm.attachments().put(disk.id(), attachment);
  }

  /** Changes how a disk hangs on a VM. */
  public void change(Vm vm, Attachment attachment) {
    refuseLocked(world.disk(attachment.disk()), "edit");
    refuseSecondBoot(vm, attachment);
    vm.attachments().put(attachment.disk(), attachment);
  }

  private void refuseSecondBoot(Vm vm, Attachment attachment) {
    vm.attachments().values().stream()
        .filter(other -> attachment.bootable() && other.bootable())
        .filter(other -> !other.disk().equals(attachment.disk()))
        .findFirst()
        .ifPresent(
            other -> {
              throw EngineFault.conflict(
                  "Cannot attach Virtual Disk. Disk "
                      + world.disk(other.disk()).name()
                      + " in VM "
                      + vm.name()
                      + " is already marked as boot.");
            });
  }

  /** Takes a disk off a VM, if no snapshot holds it there. */
  public void detach(Vm vm, String diskId, boolean remove) {
    if (!vm.attachments().containsKey(diskId)) {
      throw EngineFault.missing();
    }
    refuseLocked(world.disk(diskId), "detach");
    if (!remove && vm.hasSnapshots()) {
      throw EngineFault.conflict(
          "Cannot detach Virtual Disk. The disk is already configured in a snapshot. In order to"
              + " detach it, remove the disk's snapshots.");
    }
    takeOff(vm, diskId, remove);
  }

  /** A disk hangs on a VM no more. The VM's checkpoints do not survive that. */
  void takeOff(Vm vm, String diskId, boolean remove) {
    Disk disk = world.disk(diskId);
    for (Checkpoint checkpoint : vm.checkpoints()) {
      forget(checkpoint);
    }
    vm.checkpoints().clear();
    vm.attachments().remove(diskId);
    if (remove) {
      remove(disk);
    }
  }

  /** The disks record no longer for a checkpoint. */
  void forget(Checkpoint checkpoint) {
    for (String id : checkpoint.disks()) {
      Optional.ofNullable(world.disks().get(id)).ifPresent(disk -> forget(disk, checkpoint.id()));
    }
  }

  /** A disk records no longer for a checkpoint. */
  void forget(Disk disk, String checkpoint) {
    try {
      disk.content().forget(checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a bitmap of disk " + disk.name(), e);
    }
  }
}
