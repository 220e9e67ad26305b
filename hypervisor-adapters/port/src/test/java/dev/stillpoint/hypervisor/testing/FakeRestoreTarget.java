package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.Outcome;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and changes the fake site's VMs and disks. */
final class FakeRestoreTarget implements RestoreTarget {

  private final FakeSession session;
  private final FakeManager manager;

  FakeRestoreTarget(FakeSession session, FakeManager manager) {
    this.session = session;
    this.manager = manager;
  }

  @Override
  public DiskWriter createDisk(DiskSettings like, EffectJournal journal) {
    DiskId id = new DiskId(manager.newId());
    OutsideEffect effect =
        new OutsideEffect(OutsideEffect.Kind.DISK, id.value(), Map.of("name", like.name()));
    journal.intend(effect);
    FakeDisk disk;
    try {
      disk = session.call(FakeCall.CREATE_DISK, () -> make(like.withId(id)));
    } catch (StillpointException e) {
      journal.released(effect);
      throw e;
    }
    OutsideEffect transfer =
        new OutsideEffect(
            OutsideEffect.Kind.TRANSFER,
            "upload:" + id,
            Map.of("disk", id.value(), "direction", "upload"));
    journal.intend(transfer);
    session.run(FakeCall.OPEN_WRITER, () -> disk.uploading = true);
    return new FakeDiskWriter(session, manager, disk, () -> journal.released(transfer));
  }

  @Override
  public void swapDisks(VmId vm, List<DiskSwap> swaps, EffectJournal journal) {
    session.run(FakeCall.SETTINGS, () -> requireDown(manager.vm(vm)));
    for (DiskSwap swap : swaps) {
      journal.intend(
          new OutsideEffect(
              OutsideEffect.Kind.SWAP,
              swap.old().id().value(),
              Map.of("vm", vm.value(), "replacement", swap.replacement().value())));
      session.run(FakeCall.SWAP_DISK, () -> exchange(manager.vm(vm), swap));
    }
  }

  @Override
  public List<String> applySettings(VmId vm, VmSettings wanted) {
    return session.call(
        FakeCall.APPLY_SETTINGS,
        () -> {
          FakeVm it = manager.vm(vm);
          requireDown(it);
          it.describe(wanted, it.comment());
          List<String> lost = new ArrayList<>();
          it.nics = wanted.nics().stream().map(nic -> connected(nic, lost)).toList();
          return List.copyOf(lost);
        });
  }

  /** The fake site knows tags; of anything else it has none. */
  @Override
  public List<Outcome> applyAttributes(VmId vm, VmAttributes wanted, boolean withPermissions) {
    return session.call(
        FakeCall.APPLY_ATTRIBUTES,
        () -> {
          FakeVm it = manager.vm(vm);
          List<VmAttributes.Named> had = it.attributes.map(VmAttributes::tags).orElse(List.of());
          List<VmAttributes.Named> tags = new ArrayList<>(had);
          List<Outcome> outcomes = new ArrayList<>();
          for (VmAttributes.Named tag : wanted.tags()) {
            if (!manager.tags.contains(tag.name())) {
              outcomes.add(new Outcome("tag " + tag.name(), "there is no such tag any more"));
            } else if (!tags.contains(tag)) {
              tags.add(tag);
              outcomes.add(Outcome.restored("tag " + tag.name()));
            }
          }
          if (withPermissions) {
            wanted.permissions().forEach(p -> outcomes.add(Outcome.restored("permission " + p)));
          }
          it.attributes = Optional.of(FakeSurroundings.tagged(tags));
          return List.copyOf(outcomes);
        });
  }

  @Override
  public VmId createVm(VmSettings settings, String mark, EffectJournal journal) {
    OutsideEffect effect =
        new OutsideEffect(OutsideEffect.Kind.VM, mark, Map.of("name", settings.name()));
    journal.intend(effect);
    try {
      return session.call(FakeCall.CREATE_VM, () -> make(settings, mark));
    } catch (StillpointException e) {
      journal.released(effect);
      throw e;
    }
  }

  @Override
  public void attachDisk(VmId vm, DiskSettings disk) {
    session.run(
        FakeCall.ATTACH_DISK,
        () -> {
          manager.disk(disk.id());
          manager.vm(vm).attached.put(disk.id(), disk);
        });
  }

  @Override
  public void completeVm(VmId vm, VmSettings settings) {
    session.run(FakeCall.COMPLETE_VM, () -> manager.vm(vm).describe(settings, settings.comment()));
  }

  @Override
  public String giveTo(VmId vm, String caller) {
    return session.call(
        FakeCall.GIVE_TO,
        () -> {
          if (manager.callers.values().stream().noneMatch(one -> one.id().equals(caller))) {
            throw new StillpointException(
                ErrorKind.NOT_FOUND, "There is no user " + caller, "Give him a role by hand");
          }
          manager.vm(vm).owners.add(caller);
          return "Owner";
        });
  }

  private FakeDisk make(DiskSettings settings) {
    if (!settings.storage().id().equals(manager.storageId)) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "There is no storage " + settings.storage().name(),
          "Choose another storage");
    }
    if (settings.size().compareTo(manager.available) > 0) {
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "Storage " + settings.storage().name() + " has no room for disk " + settings.name(),
          "Free space on the storage or choose another");
    }
    FakeDisk disk = new FakeDisk(settings);
    manager.disks.put(disk.id, disk);
    return disk;
  }

  private VmId make(VmSettings settings, String mark) {
    boolean taken = manager.vms.values().stream().anyMatch(v -> v.name().equals(settings.name()));
    if (taken) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "A VM named " + settings.name() + " exists", "Choose another name");
    }
    for (NicSettings nic : settings.nics()) {
      requireFreeMac(nic.mac());
    }
    VmId id = new VmId(manager.newId());
    FakeVm vm = new FakeVm(id, settings);
    vm.power = PowerState.DOWN;
    vm.describe(settings, mark);
    vm.nics =
        settings.nics().stream()
            .map(nic -> nic.mac().isEmpty() ? nic.withMac(manager.nextMac()) : nic)
            .toList();
    manager.vms.put(id, vm);
    return id;
  }

  private void requireFreeMac(String mac) {
    boolean used =
        manager.vms.values().stream()
            .flatMap(vm -> vm.nics.stream())
            .anyMatch(nic -> nic.mac().equals(mac));
    if (used) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The MAC address " + mac + " is in use",
          "Let the manager choose a new one");
    }
  }

  private NicSettings connected(NicSettings nic, List<String> lost) {
    if (nic.profile().id().isEmpty() || manager.networks.contains(nic.profile())) {
      return nic;
    }
    lost.add("NIC " + nic.name() + " is not connected: there is no " + nic.profile().name());
    return nic.withLinked(false);
  }

  private void exchange(FakeVm vm, DiskSwap swap) {
    requireDown(vm);
    if (!vm.snapshots.isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "VM " + vm.name() + " has snapshots, which keep its disks: " + vm.snapshots,
          "Delete them first");
    }
    manager.disk(swap.replacement());
    vm.attached.remove(swap.old().id());
    manager.forgetCheckpoints(vm);
    vm.attached.put(swap.replacement(), swap.old().withId(swap.replacement()));
  }

  private static void requireDown(FakeVm vm) {
    if (vm.power != PowerState.DOWN) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "VM " + vm.name() + " is running", "Shut the VM down first");
    }
  }
}
