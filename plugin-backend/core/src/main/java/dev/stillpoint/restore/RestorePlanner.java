package dev.stillpoint.restore;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.restore.RestorePlan.PlannedDisk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Decides what a restore will do. Pure: values in, plan with reasons out. */
final class RestorePlanner {

  private final RestorePoint point;
  private final RestoreRequest request;
  private final SiteState site;
  private final List<String> notes = new ArrayList<>();
  private final List<Problem> refusals = new ArrayList<>();

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
    boolean inPlace = request.mode() == RestoreRequest.Mode.IN_PLACE;
    if (inPlace) {
      checkVmInPlace();
    } else {
      checkNewName();
    }
    List<PlannedDisk> disks = new ArrayList<>();
    for (RestorePoint.Disk disk : point.disks()) {
      DiskSettings then = point.settings().disk(disk.id()).orElseThrow();
      Optional<DiskSettings> replaces = inPlace ? diskNow(then) : Optional.empty();
      // The image decides on the size: the settings may be older than a resize.
      DiskSettings target =
          placed(replaces.map(now -> then.withStorage(now.storage())).orElse(then))
              .withSize(disk.size());
      disks.add(
          new PlannedDisk(
              disk.id(), target, data.getOrDefault(disk.id(), ByteCount.ZERO), replaces));
    }
    checkSpace(disks);
    checkSnapshots(disks);
    noteLeftOut();
    checkChoices();
    noteAttributes();
    VmSettings target = inPlace ? inPlaceTarget() : newVm();
    checkReach(disks, target.cluster());
    notes.add(
        "Inside the guest all is as it was then: addresses, gateway, DNS, passwords, licences");
    return new RestorePlan(point.id(), request.mode(), target, disks, notes, refusals);
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
      notes.add("The cluster is ignored: a restore in place leaves the VM where it is");
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
    notes.add(
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

  private void noteLeftOut() {
    for (DiskSettings disk : point.settings().disks()) {
      if (point.disk(disk.id()).isEmpty()) {
        notes.add("Disk " + disk.name() + " is not in the restore point and is not restored");
      }
    }
  }

  private VmSettings inPlaceTarget() {
    VmSettings then = point.settings();
    VmSettings now = site.vm().orElse(then);
    for (DiskSettings disk : now.disks()) {
      boolean replaced =
          point.disks().stream()
              .map(d -> then.disk(d.id()).orElseThrow())
              .anyMatch(d -> diskNow(d).equals(Optional.of(disk)));
      if (!replaced && then.disk(disk.id()).isEmpty()) {
        notes.add("Disk " + disk.name() + " was attached later and stays as it is");
      }
    }
    return then.with(now.id(), now.name(), now.cluster(), connected(then.nics()));
  }

  private VmSettings newVm() {
    VmSettings then = point.settings();
    List<NicSettings> nics =
        connected(then.nics()).stream()
            .map(nic -> request.keepMacs() ? nic : nic.withMac(""))
            .map(nic -> nic.withLinked(request.connectNics() && nic.linked()))
            .toList();
    nics.stream().map(NicSettings::mac).filter(site.macs()::containsKey).forEach(this::refuseMac);
    if (!nics.isEmpty() && !request.connectNics()) {
      notes.add("The NICs of the new VM are not linked; link them when no address can clash");
    }
    return then.with(then.id(), request.vmName(), cluster(then.cluster()), nics);
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

  /** Networks by id, else by name; one that is gone leaves its NIC unconnected. */
  private List<NicSettings> connected(List<NicSettings> nics) {
    List<NicSettings> result = new ArrayList<>();
    for (NicSettings nic : nics) {
      NetworkProfile then = nic.profile();
      if (then.id().isEmpty()) {
        result.add(nic);
        continue;
      }
      Optional<String> choice = choice(then);
      if (choice.isPresent()) {
        result.add(nic.withProfile(chosen(nic, choice.get())));
        continue;
      }
      Optional<NetworkProfile> now =
          site.networks().stream()
              .filter(n -> n.id().equals(then.id()))
              .findFirst()
              .or(
                  () ->
                      site.networks().stream()
                          .filter(n -> n.name().equals(then.name()))
                          .filter(n -> n.network().equals(then.network()))
                          .findFirst());
      if (now.isEmpty()) {
        notes.add("NIC " + nic.name() + ": network " + then.name() + " is gone, not connected");
      }
      result.add(nic.withProfile(now.orElse(NetworkProfile.NONE)));
    }
    return result;
  }

  /** What the request says of the network a NIC was on. */
  private Optional<String> choice(NetworkProfile then) {
    Map<String, String> choices = request.chosen().networks();
    return Stream.of(then.id(), then.name(), then.network())
        .filter(choices::containsKey)
        .findFirst()
        .map(choices::get);
  }

  private NetworkProfile chosen(NicSettings nic, String wanted) {
    if (wanted.isEmpty()) {
      return NetworkProfile.NONE;
    }
    Optional<NetworkProfile> found =
        site.networks().stream()
            .filter(n -> n.id().equals(wanted))
            .findFirst()
            .or(() -> site.networks().stream().filter(n -> n.name().equals(wanted)).findFirst())
            .or(() -> site.networks().stream().filter(n -> n.network().equals(wanted)).findFirst());
    if (found.isEmpty()) {
      refuse(
          ErrorKind.NOT_FOUND,
          "There is no network " + wanted + " for NIC " + nic.name(),
          "Choose another network.");
    }
    return found.orElse(NetworkProfile.NONE);
  }

  /** A choice that no NIC follows is a slip of the pen. */
  private void checkChoices() {
    List<NetworkProfile> had = point.settings().nics().stream().map(NicSettings::profile).toList();
    for (String old : new TreeSet<>(request.chosen().networks().keySet())) {
      boolean known =
          had.stream()
              .anyMatch(n -> n.id().equals(old) || n.name().equals(old) || n.network().equals(old));
      if (!known) {
        refuse(
            ErrorKind.BAD_REQUEST,
            "No NIC of the restore point is on network " + old,
            "The restore point tells the networks of its NICs.");
      }
    }
  }

  /** What will be brought back after the VM itself, and what was never kept. */
  private void noteAttributes() {
    Optional<VmAttributes> had = point.settings().attributes();
    if (had.isEmpty()) {
      notes.add("Tags, affinity and permissions were not kept when this point was made");
      return;
    }
    had.get().unread().forEach(gap -> notes.add("Not in the restore point: " + gap));
    List<String> wanted = new ArrayList<>();
    had.get().tags().forEach(tag -> wanted.add("tag " + tag.name()));
    had.get().affinityGroups().forEach(one -> wanted.add("affinity group " + one.name()));
    had.get().affinityLabels().forEach(one -> wanted.add("affinity label " + one.name()));
    had.get().customProperties().keySet().stream()
        .sorted()
        .forEach(one -> wanted.add("custom property " + one));
    if (!wanted.isEmpty()) {
      notes.add("Given back where the manager still has it: " + String.join(", ", wanted));
    }
    int permissions = had.get().permissions().size();
    if (permissions > 0) {
      notes.add(
          request.chosen().permissions()
              ? "Permissions given back: " + permissions
              : "Permissions not given back, as nobody asked for them: " + permissions);
    }
  }

  private void refuse(ErrorKind kind, String detail, String remedy) {
    refusals.add(new Problem(kind, detail, remedy));
  }
}
