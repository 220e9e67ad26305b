package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Callers.MissingPermit;
import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.SiteInfo;
import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the fake manager knows. Guarded by its own monitor. */
final class FakeManager {

  static final SiteInfo INFO = new SiteInfo("Fake Manager", "1.0", "fake-instance");

  final InstantSource clock;
  final FakeFaults faults = new FakeFaults();
  final Map<VmId, FakeVm> vms = new LinkedHashMap<>();
  final Map<DiskId, FakeDisk> disks = new LinkedHashMap<>();
  final Map<String, FakeSnapshot> snapshots = new LinkedHashMap<>();
  final Map<String, FakeSnapshot> snapshotsEver = new LinkedHashMap<>();
  final Set<DiskId> dirtyRefused = new HashSet<>();
  final Cluster cluster = new Cluster("cluster-1", "Default");
  final String storageId = "storage-1";
  final String storageName = "data1";
  final List<NetworkProfile> networks =
      List.of(
          new NetworkProfile("profile-1", "ovirtmgmt", "ovirtmgmt"),
          new NetworkProfile("profile-2", "backend", "backend"));
  final Map<Integer, ActivityLog.Event> events = new LinkedHashMap<>();
  final Set<Integer> forgottenEvents = new HashSet<>();
  final Map<String, FakeTask> tasks = new LinkedHashMap<>();
  final List<Stray> strays = new ArrayList<>();
  final Set<String> tags = new HashSet<>();
  final Map<String, Caller> callers = new HashMap<>();
  List<DiskLoad> loads = List.of();
  List<MissingPermit> missingPermits = List.of();
  ByteCount available = ByteCount.ofGibibytes(1);
  boolean sums;
  boolean blocks;
  private int macs;

  FakeManager(InstantSource clock) {
    this.clock = clock;
  }

  FakeVm vm(VmId id) {
    FakeVm vm = vms.get(id);
    if (vm == null) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no VM " + id + " at the fake site", "Choose another VM");
    }
    return vm;
  }

  FakeDisk disk(DiskId id) {
    FakeDisk disk = disks.get(id);
    if (disk == null) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "There is no disk " + id + " at the fake site",
          "Choose another disk");
    }
    return disk;
  }

  /** Down, where there is no such VM. */
  synchronized PowerState power(VmId id) {
    FakeVm vm = vms.get(id);
    return vm == null ? PowerState.DOWN : vm.power;
  }

  synchronized boolean isFrozen(VmId id) {
    FakeVm vm = vms.get(id);
    return vm != null && vm.frozen;
  }

  void freeze(VmId id) {
    FakeVm vm = vm(id);
    if (!vm.agent) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The file systems of VM " + vm.name() + " could not be frozen: no guest agent",
          "Install the guest agent");
    }
    vm.frozen = true;
  }

  boolean isAttached(DiskId disk) {
    return vms.values().stream().anyMatch(vm -> vm.attached.containsKey(disk));
  }

  /** The names of the VMs that have that disk in their drive, or will have at their next start. */
  List<String> drivesWith(DiskId disk) {
    return vms.values().stream()
        .filter(vm -> List.of(vm.mediumNow, vm.mediumAtStart).contains(disk.value()))
        .map(FakeVm::name)
        .toList();
  }

  void forgetCheckpoints(FakeVm vm) {
    for (FakeDisk disk : disks.values()) {
      vm.checkpoints.forEach(disk.changedSince::remove);
    }
    vm.checkpoints.clear();
  }

  String nextMac() {
    macs++;
    return String.format(Locale.ROOT, "56:6f:00:00:%02x:%02x", macs >> 8 & 0xff, macs & 0xff);
  }

  String newId() {
    return UUID.randomUUID().toString();
  }

  /** What nobody but Stillpoint can have left here; checkpoints are not among it. */
  List<String> leftovers() {
    List<String> found = new ArrayList<>();
    for (FakeSnapshot snapshot : snapshots.values()) {
      found.add("snapshot " + snapshot.reference + " of VM " + snapshot.vm.name());
      snapshot.transfers.forEach(disk -> found.add("transfer of disk " + disk));
    }
    vms.values().stream()
        .filter(vm -> vm.frozen)
        .forEach(vm -> found.add("VM " + vm.name() + " with frozen file systems"));
    for (FakeDisk disk : disks.values()) {
      if (disk.uploading) {
        found.add("upload to disk " + disk.settings.name());
      }
      if (!isAttached(disk.id) && drivesWith(disk.id).isEmpty()) {
        found.add("disk " + disk.settings.name() + " (" + disk.id + ") attached to no VM");
      }
    }
    tasks.forEach(
        (mark, task) -> {
          if (task.state.equals("running")) {
            found.add("task " + task.description + " is running");
          }
        });
    return found;
  }
}
