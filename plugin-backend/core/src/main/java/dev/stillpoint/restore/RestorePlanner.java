package dev.stillpoint.restore;

import static java.util.stream.Collectors.joining;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.restore.RestorePlan.PlannedDisk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what a restore will do. Pure: values in, plan with reasons out. */
final class RestorePlanner {

  private final RestorePoint point;
  private final RestoreRequest request;
  private final SiteState site;
  private final Remarks remarks = new Remarks();

  private RestorePlanner(RestorePoint point, RestoreRequest request, SiteState site) {
    this.point = point;
    this.request = request;
    this.site = site;
  }

  /**
   * @param data how many bytes of each disk of the point are not zero
   */
  static RestorePlan plan(
      RestorePoint point, RestoreRequest request, Map<DiskId, ByteCount> data, SiteState site) {
    return new RestorePlanner(point, request, site).plan(data);
  }

  private RestorePlan plan(Map<DiskId, ByteCount> data) {
    List<RestorePoint.Disk> wanted = wanted();
    if (request.mode() == RestoreRequest.Mode.IN_PLACE) {
      checkVmInPlace();
    } else {
      checkNewName();
    }
    List<PlannedDisk> disks = disks(wanted, data);
    checkSpace(disks);
    VmSettings target = request.disksOnly() ? untouched(disks) : whole(disks);
    checkSnapshots(disks);
    checkReach(disks, target.cluster());
    return new RestorePlan(
        point.id(), request.mode(), target, disks, remarks.notes(), remarks.refusals());
  }

  private List<PlannedDisk> disks(List<RestorePoint.Disk> wanted, Map<DiskId, ByteCount> data) {
    List<PlannedDisk> disks = new ArrayList<>();
    for (RestorePoint.Disk disk : wanted) {
      DiskSettings then = point.settings().disk(disk.id()).orElseThrow();
      Optional<DiskSettings> replaces =
          request.mode() == RestoreRequest.Mode.IN_PLACE ? diskNow(then) : Optional.empty();
      // The image decides on the size: the settings may be older than a resize.
      DiskSettings target =
          placed(replaces.map(now -> then.withStorage(now.storage())).orElse(then))
              .withSize(disk.size());
      disks.add(
          new PlannedDisk(
              disk.id(), target, data.getOrDefault(disk.id(), ByteCount.ZERO), replaces));
    }
    return disks;
  }

  /** In the point's order; all where none is named. */
  private List<RestorePoint.Disk> wanted() {
    if (request.disks().isEmpty()) {
      return point.disks();
    }
    Set<RestorePoint.Disk> named = new HashSet<>();
    for (String idOrName : request.disks()) {
      List<RestorePoint.Disk> found = point.disksNamed(idOrName);
      if (found.size() == 1) {
        named.add(found.get(0));
      } else {
        refuse(
            ErrorKind.BAD_REQUEST,
            "Restore point %s has %s disk %s"
                .formatted(point.id(), found.isEmpty() ? "no" : "more than one", idOrName),
            "The restore point tells its disks; name one by its id.");
      }
    }
    return point.disks().stream().filter(named::contains).toList();
  }

  /** The VM with all that comes back beside its disks. */
  private VmSettings whole(List<PlannedDisk> disks) {
    remarks.note(
        "Inside the guest all is as it was then: addresses, gateway, DNS, passwords, licences");
    noteLeftOut(disks);
    NicConnections nics = new NicConnections(point, request, site.networks(), remarks);
    nics.checkChoices();
    noteAttributes();
    return request.mode() == RestoreRequest.Mode.IN_PLACE
        ? inPlaceTarget(nics.connected())
        : newVm(nics.connected());
  }

  /** The VM as it is now: only disks of it are exchanged. */
  private VmSettings untouched(List<PlannedDisk> disks) {
    VmSettings now = site.vm().orElse(point.settings());
    remarks.note(
        "Only disk %s is given back; all else of the VM stays as it is: other disks, CPU, memory,"
                .formatted(names(disks.stream().map(PlannedDisk::target)))
            + " NICs, description, tags, affinity, permissions");
    boolean others =
        now.disks().stream()
            .anyMatch(
                disk -> disks.stream().noneMatch(one -> one.replaces().equals(Optional.of(disk))));
    if (others) {
      remarks.note("What reaches over several disks may not fit: the others are as they are now");
    }
    if (!request.chosen().equals(RestoreRequest.Choices.NONE)) {
      refuse(
          ErrorKind.BAD_REQUEST,
          "A restore of single disks in place leaves networks and permissions as they are",
          "Restore the whole VM, or choose neither.");
    }
    return now;
  }

  private static String names(Stream<DiskSettings> disks) {
    return disks.map(DiskSettings::name).collect(joining(", "));
  }

  private void checkVmInPlace() {
    if (site.vm().isEmpty()) {
      refuse(
          ErrorKind.NOT_FOUND,
          "VM " + point.settings().name() + " no longer exists",
          "Restore it as a new VM.");
    } else if (site.vm().get().power() != PowerState.DOWN) {
      refuse(
          ErrorKind.CONFLICT,
          "VM " + site.vm().get().name() + " is not powered off",
          "Shut it down, then start the restore again.");
    }
    if (request.cluster().isPresent()) {
      remarks.note("The cluster is ignored: a restore in place leaves the VM where it is");
    }
  }

  private void checkNewName() {
    if (request.vmName().isBlank()) {
      refuse(ErrorKind.BAD_REQUEST, "The new VM has no name", "Give it one.");
    }
    if (site.vms().stream().anyMatch(vm -> vm.name().equals(request.vmName()))) {
      refuse(
          ErrorKind.CONFLICT,
          "There is a VM named " + request.vmName() + " already",
          "Choose another name.");
    }
  }

  /** The disk of the VM whose place a restored disk takes: the same one, else its namesake. */
  private Optional<DiskSettings> diskNow(DiskSettings then) {
    List<DiskSettings> now = site.vm().map(VmSettings::disks).orElse(List.of());
    return now.stream()
        .filter(disk -> disk.id().equals(then.id()))
        .findFirst()
        .or(() -> namesake(then, now));
  }

  /** Only where the name leaves no choice, on either side; a disk we know of old is no namesake. */
  private Optional<DiskSettings> namesake(DiskSettings then, List<DiskSettings> now) {
    List<DiskSettings> unknown =
        now.stream()
            .filter(disk -> disk.name().equals(then.name()))
            .filter(disk -> point.settings().disk(disk.id()).isEmpty())
            .toList();
    long gone =
        point.settings().disks().stream()
            .filter(disk -> disk.name().equals(then.name()))
            .filter(disk -> now.stream().noneMatch(n -> n.id().equals(disk.id())))
            .count();
    return unknown.size() == 1 && gone == 1 ? Optional.of(unknown.get(0)) : Optional.empty();
  }

  private DiskSettings placed(DiskSettings disk) {
    String wanted = request.storage().orElse(disk.storage().id());
    Optional<StorageSpace> storage =
        site.storages().stream()
            .filter(s -> s.id().equals(wanted) || s.name().equals(wanted))
            .findFirst();
    if (storage.isEmpty()) {
      refuse(
          ErrorKind.NOT_FOUND,
          "There is no storage " + request.storage().orElse(disk.storage().name()),
          "Choose another storage.");
      return disk;
    }
    if (!storage.get().usable()) {
      refuse(
          ErrorKind.CONFLICT,
          "Storage " + storage.get().name() + " is not active, or not meant for disks",
          "Activate it, or choose another storage.");
    }
    return disk.withStorage(new DiskSettings.StorageRef(storage.get().id(), storage.get().name()));
  }

  private void checkSpace(List<PlannedDisk> disks) {
    Map<String, ByteCount> needed = new LinkedHashMap<>();
    for (PlannedDisk disk : disks) {
      needed.merge(disk.target().storage().id(), disk.takes(), ByteCount::plus);
    }
    for (StorageSpace storage : site.storages()) {
      ByteCount takes = needed.getOrDefault(storage.id(), ByteCount.ZERO);
      if (takes.compareTo(storage.available()) > 0) {
        refuse(
            ErrorKind.OUT_OF_SPACE,
            "Storage %s has %s left, the restore needs %s"
                .formatted(storage.name(), storage.available(), takes),
            "Make room there, or choose another storage.");
      }
    }
  }

  /** A manager exchanges no disk that a snapshot of the VM may need. */
  private void checkSnapshots(List<PlannedDisk> disks) {
    if (disks.stream().allMatch(disk -> disk.replaces().isEmpty())) {
      return;
    }
    remarks.note(
        "With its disks the VM loses its checkpoints, also those of other backup products: the next"
            + " backup of each reads everything");
    if (!site.snapshots().isEmpty()) {
      refuse(
          ErrorKind.CONFLICT,
          "VM %s has snapshots, so that its disks cannot be exchanged: %s"
              .formatted(point.settings().name(), String.join(", ", site.snapshots())),
          "Delete them in the manager and start the restore again, or restore as a new VM.");
    }
  }

  private void noteLeftOut(List<PlannedDisk> wanted) {
    for (DiskSettings disk : point.settings().disks()) {
      if (point.disk(disk.id()).isEmpty()) {
        remarks.note("Disk " + disk.name() + " is not in the restore point and is not restored");
      }
    }
    List<DiskSettings> others =
        point.settings().disks().stream()
            .filter(disk -> point.disk(disk.id()).isPresent())
            .filter(disk -> wanted.stream().noneMatch(one -> one.image().equals(disk.id())))
            .toList();
    if (!others.isEmpty()) {
      remarks.note("Not wanted, and so not on the new VM: disk " + names(others.stream()));
    }
    if (others.stream().anyMatch(DiskSettings::bootable)) {
      remarks.note("The disk that the VM boots from is not among those wanted");
    }
  }

  private VmSettings inPlaceTarget(List<NicSettings> nics) {
    VmSettings then = point.settings();
    VmSettings now = site.vm().orElse(then);
    for (DiskSettings disk : now.disks()) {
      boolean replaced =
          point.disks().stream()
              .map(d -> then.disk(d.id()).orElseThrow())
              .anyMatch(d -> diskNow(d).equals(Optional.of(disk)));
      if (!replaced && then.disk(disk.id()).isEmpty()) {
        remarks.note("Disk " + disk.name() + " was attached later and stays as it is");
      }
    }
    return then.with(now.id(), now.name(), now.cluster(), nics);
  }

  private VmSettings newVm(List<NicSettings> connected) {
    VmSettings then = point.settings();
    List<NicSettings> nics =
        connected.stream()
            .map(nic -> request.keepMacs() ? nic : nic.withMac(""))
            .map(nic -> nic.withLinked(request.connectNics() && nic.linked()))
            .toList();
    nics.stream().map(NicSettings::mac).filter(site.macs()::containsKey).forEach(this::refuseMac);
    if (!nics.isEmpty() && !request.connectNics()) {
      remarks.note("The NICs of the new VM are not linked; link them when no address can clash");
    }
    return then.with(then.id(), request.vmName(), cluster(home(then.cluster())), nics);
  }

  private void refuseMac(String mac) {
    refuse(
        ErrorKind.CONFLICT,
        "MAC address " + mac + " is in use by VM " + site.macs().get(mac),
        "Let the new VM have new addresses, or remove that VM first.");
  }

  /** A disk can be made wherever there is room, but not be attached to any VM. */
  private void checkReach(List<PlannedDisk> disks, Cluster cluster) {
    if (!site.clusters().contains(cluster)) {
      return;
    }
    for (StorageSpace storage : site.storages()) {
      boolean wanted =
          disks.stream().anyMatch(disk -> disk.target().storage().id().equals(storage.id()));
      if (wanted && !storage.clusters().contains(cluster.id())) {
        refuse(
            ErrorKind.CONFLICT,
            "VMs of cluster %s cannot have disks on storage %s"
                .formatted(cluster.name(), storage.name()),
            "Choose another storage"
                + (request.mode() == RestoreRequest.Mode.NEW_VM ? ", or another cluster." : "."));
      }
    }
  }

  /** Whoever is given the new VM was asked for his right on the cluster the old one is in now. */
  private Cluster home(Cluster then) {
    Cluster now =
        request.chosen().owner().flatMap(owner -> site.vm()).map(VmSettings::cluster).orElse(then);
    if (!now.id().equals(then.id())) {
      remarks.note(
          "The VM was in cluster %s then; the new one goes to %s, where it is now"
              .formatted(then.name(), now.name()));
    }
    return now;
  }

  private Cluster cluster(Cluster then) {
    String wanted = request.cluster().orElse(then.id());
    Optional<Cluster> found =
        site.clusters().stream()
            .filter(c -> c.id().equals(wanted) || c.name().equals(wanted))
            .findFirst();
    if (found.isEmpty()) {
      refuse(
          ErrorKind.NOT_FOUND,
          "There is no cluster " + request.cluster().orElse(then.name()),
          "Choose another cluster.");
    }
    return found.orElse(then);
  }

  /** What will be brought back after the VM itself, and what was never kept. */
  private void noteAttributes() {
    Optional<VmAttributes> had = point.settings().attributes();
    if (had.isEmpty()) {
      remarks.note("Tags, affinity and permissions were not kept when this point was made");
      return;
    }
    had.get().unread().forEach(gap -> remarks.note("Not in the restore point: " + gap));
    List<String> wanted = new ArrayList<>();
    had.get().tags().forEach(tag -> wanted.add("tag " + tag.name()));
    had.get().affinityGroups().forEach(one -> wanted.add("affinity group " + one.name()));
    had.get().affinityLabels().forEach(one -> wanted.add("affinity label " + one.name()));
    had.get().customProperties().keySet().stream()
        .sorted()
        .forEach(one -> wanted.add("custom property " + one));
    if (!wanted.isEmpty()) {
      remarks.note("Given back where the manager still has it: " + String.join(", ", wanted));
    }
    int permissions = had.get().permissions().size();
    if (permissions > 0) {
      remarks.note(
          request.chosen().permissions()
              ? "Permissions given back: " + permissions
              : "Permissions not given back, as nobody asked for them: " + permissions);
    }
  }

  private void refuse(ErrorKind kind, String detail, String remedy) {
    remarks.refuse(kind, detail, remedy);
  }
}
