package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.Capabilities;
import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.LoadMeter;
import dev.stillpoint.hypervisor.MediaDrive;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.SiteInfo;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.Snapshots;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.Strays;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A session with the fake manager; dead for ever once its process "crashed". */
final class FakeSession implements SiteSession, Inventory {

  private final FakeManager manager;
  private final int epoch;
  private volatile boolean closed;

  FakeSession(FakeManager manager, int epoch) {
    this.manager = manager;
    this.epoch = epoch;
  }

  /** One call to the manager: counted, perhaps made to fail, else done as one step. */
  <T> T call(FakeCall what, Supplier<T> work) {
    if (closed) {
      throw new IllegalStateException("The session is closed");
    }
    long number = manager.faults.before(what, epoch);
    T result;
    synchronized (manager) {
      result = work.get();
    }
    manager.faults.after(what, number);
    return result;
  }

  void run(FakeCall what, Runnable work) {
    call(
        what,
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public SiteInfo info() {
    return call(FakeCall.INFO, () -> FakeManager.INFO);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true);
  }

  @Override
  public Inventory inventory() {
    return this;
  }

  @Override
  public Snapshots snapshots() {
    return new FakeSnapshots(this, manager);
  }

  @Override
  public RestoreTarget restoreTarget() {
    return new FakeRestoreTarget(this, manager);
  }

  @Override
  public MediaDrive mediaDrive() {
    return new FakeMediaDrive(this, manager);
  }

  @Override
  public ActivityLog activityLog() {
    return new FakeActivityLog(this, manager);
  }

  @Override
  public Strays strays() {
    return () -> call(FakeCall.STRAYS, () -> List.copyOf(manager.strays));
  }

  @Override
  public LoadMeter loadMeter() {
    return () -> call(FakeCall.READ_LOAD, () -> manager.loads);
  }

  @Override
  public Callers callers() {
    return new FakeCallers(this, manager);
  }

  @Override
  public List<OutsideEffect> release(OutsideEffect effect) {
    return call(FakeCall.RELEASE, () -> new FakeRelease(manager).release(effect));
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public List<VmName> names() {
    return vms().stream().map(vm -> new VmName(vm.id(), vm.name(), vm.cluster())).toList();
  }

  @Override
  public List<VmSummary> vms() {
    return call(
        FakeCall.LIST,
        () ->
            manager.vms.values().stream()
                .map(FakeSession::summary)
                .sorted(Comparator.comparing(VmSummary::name))
                .toList());
  }

  @Override
  public Optional<VmSettings> settings(VmId vm) {
    return call(
        FakeCall.SETTINGS, () -> Optional.ofNullable(manager.vms.get(vm)).map(FakeVm::settings));
  }

  @Override
  public List<String> snapshots(VmId vm) {
    return call(
        FakeCall.SETTINGS,
        () ->
            Optional.ofNullable(manager.vms.get(vm))
                .map(found -> found.snapshots)
                .orElse(List.of()));
  }

  @Override
  public Map<String, String> macs() {
    return call(
        FakeCall.LIST,
        () -> {
          Map<String, String> macs = new HashMap<>();
          manager.vms.values().forEach(vm -> vm.nics.forEach(n -> macs.put(n.mac(), vm.name())));
          return Map.copyOf(macs);
        });
  }

  @Override
  public List<Cluster> clusters() {
    return call(FakeCall.LIST, () -> List.of(manager.cluster));
  }

  @Override
  public List<StorageSpace> storages() {
    return call(
        FakeCall.LIST,
        () ->
            List.of(
                new StorageSpace(
                    manager.storageId,
                    manager.storageName,
                    manager.available,
                    true,
                    manager.blocks,
                    Set.of(manager.cluster.id()))));
  }

  @Override
  public List<NetworkProfile> networks() {
    return call(FakeCall.LIST, () -> manager.networks);
  }

  @Override
  public List<VmPlacement> placements() {
    return call(FakeCall.LIST, () -> manager.vms.values().stream().map(this::placement).toList());
  }

  @Override
  public List<VmGroup> groups() {
    return call(
        FakeCall.LIST,
        () -> {
          List<VmGroup> groups = new ArrayList<>();
          groups.addAll(named(VmGroup.Kind.AFFINITY_GROUP, VmAttributes::affinityGroups));
          groups.addAll(named(VmGroup.Kind.TAG, VmAttributes::tags));
          groups.add(
              new VmGroup(
                  manager.cluster.id(),
                  manager.cluster.name(),
                  VmGroup.Kind.CLUSTER,
                  manager.cluster.name(),
                  List.copyOf(manager.vms.keySet())));
          return groups;
        });
  }

  private List<VmGroup> named(
      VmGroup.Kind kind, Function<VmAttributes, List<VmAttributes.Named>> which) {
    Map<VmAttributes.Named, List<VmId>> members = new LinkedHashMap<>();
    manager.vms.values().stream()
        .forEach(
            vm ->
                vm.attributes.map(which).orElse(List.of()).stream()
                    .forEach(
                        one -> members.computeIfAbsent(one, n -> new ArrayList<>()).add(vm.id)));
    String cluster = kind == VmGroup.Kind.TAG ? "" : manager.cluster.name();
    return members.entrySet().stream()
        .map(e -> new VmGroup(e.getKey().id(), e.getKey().name(), kind, cluster, e.getValue()))
        .sorted(Comparator.comparing(VmGroup::name))
        .toList();
  }

  private VmPlacement placement(FakeVm vm) {
    return new VmPlacement(
        vm.id,
        vm.name(),
        "Default",
        manager.cluster.name(),
        vm.power == PowerState.UP ? vm.host : "",
        List.of(manager.storageName),
        vm.attributes.map(VmAttributes::tags).orElse(List.of()).stream()
            .map(VmAttributes.Named::name)
            .toList(),
        vm.attributes.map(VmAttributes::affinityGroups).orElse(List.of()).stream()
            .map(VmAttributes.Named::name)
            .toList());
  }

  private static VmSummary summary(FakeVm vm) {
    VmSettings settings = vm.settings();
    ByteCount provisioned =
        settings.disks().stream().map(DiskSettings::size).reduce(ByteCount.ZERO, ByteCount::plus);
    return new VmSummary(
        vm.id,
        vm.name(),
        vm.power,
        settings.cluster().name(),
        settings.disks().size(),
        provisioned);
  }
}
