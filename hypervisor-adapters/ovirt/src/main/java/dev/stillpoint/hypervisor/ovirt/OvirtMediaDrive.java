package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.cdrom;
import static org.ovirt.engine.sdk4.builders.Builders.file;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskSettings.StorageRef;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.MediaDrive;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ovirt.engine.sdk4.services.VmCdromService;
import org.ovirt.engine.sdk4.types.Cdrom;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskContentType;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.StorageDomain;
import org.ovirt.engine.sdk4.types.StorageDomainStatus;
import org.ovirt.engine.sdk4.types.StorageDomainType;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * The CD drives of an engine's VMs; an image is a disk on a data domain of the VM's data center.
 */
final class OvirtMediaDrive implements MediaDrive {

  private static final Pattern DISK_ID = Pattern.compile("[0-9a-fA-F-]{36}");
  private static final Pattern TRAY_HELD =
      Pattern.compile("change cd.*still in use|is mounted", Pattern.CASE_INSENSITIVE);
  private static final Set<VmStatus> RUNNING = EnumSet.of(VmStatus.UP, VmStatus.PAUSED);
  private static final long BLOCK_BYTES = 512;

  private final Engine engine;
  private final OvirtInventory inventory;
  private final Vms vms;
  private final Disks disks;
  private final DiskFilling filling;

  OvirtMediaDrive(
      Engine engine, OvirtInventory inventory, Vms vms, Disks disks, DiskFilling filling) {
    this.engine = engine;
    this.inventory = inventory;
    this.vms = vms;
    this.disks = disks;
    this.filling = filling;
  }

  @Override
  public DriveContent content(VmId id) {
    Vm vm = vms.require(id);
    Cdrom configured = requireDrive(vm);
    boolean running = RUNNING.contains(vm.status());
    Optional<Medium> now =
        running ? fileIn(loaded(vm, configured.id())).map(this::medium) : Optional.empty();
    return new DriveContent(running, now, fileIn(configured).map(this::medium));
  }

  private Medium medium(String reference) {
    Optional<Disk> disk =
        DISK_ID.matcher(reference).matches() ? disks.find(new DiskId(reference)) : Optional.empty();
    return new Medium(reference, disk.map(Disk::name).orElse(reference));
  }

  private Cdrom requireDrive(Vm vm) {
    List<Cdrom> drives =
        engine
            .call(
                "Looking for the CD drive of VM " + vm.name(),
                () -> vms.service(new VmId(vm.id())).cdromsService().list().send())
            .cdroms();
    if (drives.isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "VM " + vm.name() + " has no CD drive",
          "Give the VM a CD drive in the engine");
    }
    return drives.get(0);
  }

  private Cdrom loaded(Vm vm, String drive) {
    return engine
        .call(
            "Looking into the CD drive of VM " + vm.name(),
            () -> drive(vm, drive).get().current(true).send())
        .cdrom();
  }

  private VmCdromService drive(Vm vm, String drive) {
    return vms.service(new VmId(vm.id())).cdromsService().cdromService(drive);
  }

  private static Optional<String> fileIn(Cdrom drive) {
    return Optional.of(drive)
        .filter(Cdrom::filePresent)
        .map(there -> there.file().id())
        .filter(id -> !id.isEmpty());
  }

  @Override
  public DiskWriter createIso(VmId id, String fileName, ByteCount size, EffectJournal journal) {
    long padded = (size.bytes() + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    StorageDomain domain = roomiest(vms.require(id), ByteCount.ofBytes(padded));
    DiskSettings like =
        new DiskSettings(
            new DiskId("new"),
            IsoName.of(fileName),
            ByteCount.ofBytes(padded),
            Optional.empty(),
            DiskFormat.RAW.value(),
            // A block domain has no sparse raw disks.
            !Disks.isOnBlocks(domain),
            false,
            new StorageRef(domain.id(), domain.name()),
            "",
            false,
            false,
            true,
            "");
    return filling.createDisk(like, DiskContentType.ISO, journal);
  }

  /**
   * Files before blocks: an image of odd size on blocks takes whole extents there, and shows what
   * lay behind its end.
   */
  private StorageDomain roomiest(Vm vm, ByteCount needed) {
    List<StorageDomain> all = domainsOf(vm);
    return all.stream()
        .filter(domain -> OvirtInventory.available(domain).compareTo(needed) >= 0)
        .max(
            Comparator.comparing((StorageDomain domain) -> !Disks.isOnBlocks(domain))
                .thenComparing(OvirtInventory::available))
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.OUT_OF_SPACE,
                    "No data domain that VM "
                        + vm.name()
                        + " can reach has room for an ISO image of "
                        + needed
                        + (all.isEmpty() ? "" : ": " + names(all)),
                    "Free space on one of them, or attach another to the VM's data center"));
  }

  private static String names(List<StorageDomain> domains) {
    return String.join(", ", domains.stream().map(StorageDomain::name).toList());
  }

  /** The active data domains of the VM's data center. */
  private List<StorageDomain> domainsOf(Vm vm) {
    String center =
        engine
            .call(
                "Reading the cluster of VM " + vm.name(),
                () ->
                    engine
                        .system()
                        .clustersService()
                        .clusterService(vm.cluster().id())
                        .get()
                        .send())
            .cluster()
            .dataCenter()
            .id();
    return engine
        .call(
            "Listing the storage domains of VM " + vm.name() + "'s data center",
            () ->
                engine
                    .system()
                    .dataCentersService()
                    .dataCenterService(center)
                    .storageDomainsService()
                    .list()
                    .send())
        .storageDomains()
        .stream()
        .filter(d -> d.status() == StorageDomainStatus.ACTIVE)
        .filter(d -> d.type() == StorageDomainType.DATA)
        .toList();
  }

  @Override
  public boolean canReach(VmId id, DiskId iso) {
    Optional<Disk> disk = disks.find(iso).filter(d -> d.status() == DiskStatus.OK);
    if (disk.isEmpty()) {
      return false;
    }
    List<String> reached = domainsOf(vms.require(id)).stream().map(StorageDomain::id).toList();
    return disk.get().storageDomains().stream().map(StorageDomain::id).anyMatch(reached::contains);
  }

  @Override
  public void insert(VmId vm, String medium, Moment moment) {
    change(vms.require(vm), medium, moment);
  }

  @Override
  public void eject(VmId vm, Moment moment) {
    change(vms.require(vm), "", moment);
  }

  private void change(Vm vm, String medium, Moment moment) {
    String drive = requireDrive(vm).id();
    String doing = (medium.isEmpty() ? "Emptying" : "Filling") + " the CD drive of VM " + vm.name();
    try {
      engine.call(
          doing,
          () ->
              drive(vm, drive)
                  .update()
                  .cdrom(cdrom().file(file().id(medium)))
                  .current(moment == Moment.NOW)
                  .send());
    } catch (OvirtException e) {
      throw explained(vm, moment, e);
    }
  }

  private static StillpointException explained(Vm vm, Moment moment, OvirtException e) {
    if (TRAY_HELD.matcher(e.detail()).find()) {
      return new StillpointException(
          ErrorKind.CONFLICT,
          "The guest of VM " + vm.name() + " uses the CD in its drive and holds the tray",
          "Unmount or eject the CD in the guest, then try again",
          e);
    }
    if (moment == Moment.NOW && e.kind() == ErrorKind.CONFLICT) {
      return new StillpointException(
          ErrorKind.CONFLICT,
          "The CD drive of VM " + vm.name() + " cannot be changed now: " + e.detail(),
          "Change it for the VM's next start, or try again when the VM is up",
          e);
    }
    return e;
  }

  /**
   * Deletes an image of ours. Idempotent.
   *
   * @throws StillpointException CONFLICT as long as a VM has it in its drive, now or from its next
   *     start on
   */
  void delete(DiskId iso) {
    if (disks.find(iso).isEmpty()) {
      return;
    }
    List<String> users = users(iso.value());
    if (!users.isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The ISO image on disk " + iso + " is in the CD drive of " + String.join(", ", users),
          "Eject it there; it is deleted afterwards");
    }
    disks.delete(iso);
  }

  /** The engine itself refuses only while an image is configured, not while one is loaded. */
  private List<String> users(String iso) {
    List<String> users = new ArrayList<>();
    for (Vm vm : inventory.allVms("cdroms")) {
      List<Cdrom> drives = vm.cdromsPresent() ? vm.cdroms() : List.of();
      boolean uses =
          drives.stream()
              .anyMatch(
                  drive ->
                      isIn(drive, iso)
                          || (vm.status() != VmStatus.DOWN && isIn(loaded(vm, drive.id()), iso)));
      if (uses) {
        users.add(vm.name());
      }
    }
    return users;
  }

  private static boolean isIn(Cdrom drive, String iso) {
    return fileIn(drive).filter(iso::equals).isPresent();
  }
}
