package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Callers.MissingPermit;
import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.model.VmId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What surrounds the VMs of a fake site. Thread-safe. */
public final class FakeSurroundings {

  private final FakeManager manager;

  FakeSurroundings(FakeManager manager) {
    this.manager = manager;
  }

  /** Ids of those to whom a VM was given. */
  public Set<String> owners(VmId vm) {
    synchronized (manager) {
      return Set.copyOf(manager.vm(vm).owners);
    }
  }

  /** Gives a VM tags, which the site knows from now on. */
  public void tag(VmId vm, String... names) {
    synchronized (manager) {
      manager.tags.addAll(List.of(names));
      manager.vm(vm).attributes =
          Optional.of(
              tagged(
                  Arrays.stream(names).map(n -> new VmAttributes.Named("tag-" + n, n)).toList()));
    }
  }

  /** Nobody has that tag any more. */
  public void removeTag(String name) {
    synchronized (manager) {
      manager.tags.remove(name);
    }
  }

  static VmAttributes tagged(List<VmAttributes.Named> tags) {
    return new VmAttributes(
        true, 0, Map.of(), tags, List.of(), List.of(), List.of(), "<fake:vm/>", List.of());
  }

  /** From now on the storage is one of blocks. */
  public void storeOnBlocks() {
    synchronized (manager) {
      manager.blocks = true;
    }
  }

  /** From now on the VM's first NIC has that address. */
  public void takeMac(VmId vm, String mac) {
    synchronized (manager) {
      FakeVm it = manager.vm(vm);
      it.nics = List.of(it.nics.get(0).withMac(mac));
    }
  }

  /** Somebody makes snapshots of a VM, which keep its disks where they are. */
  public void snapshots(VmId vm, String... names) {
    synchronized (manager) {
      manager.vm(vm).snapshots = List.of(names);
    }
  }

  /** A VM moves to another host. */
  public void place(VmId vm, String host) {
    synchronized (manager) {
      manager.vm(vm).host = host;
    }
  }

  /** What the load meter tells from now on. */
  public void load(DiskLoad... loads) {
    synchronized (manager) {
      manager.loads = List.of(loads);
    }
  }

  /** From now on this is the owner of that token. */
  public void introduce(String token, Caller caller) {
    synchronized (manager) {
      manager.callers.put(token, caller);
    }
  }

  /** What the service account lacks. */
  public void missing(MissingPermit... permits) {
    synchronized (manager) {
      manager.missingPermits = List.of(permits);
    }
  }
}
