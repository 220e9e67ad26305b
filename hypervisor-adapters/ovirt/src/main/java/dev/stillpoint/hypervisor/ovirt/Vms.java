package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.Optional;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Cluster;
import org.ovirt.engine.sdk4.types.Version;
import org.ovirt.engine.sdk4.types.Vm;

/** Looks VMs up, with their disks. */
final class Vms {

  private final Engine engine;

  Vms(Engine engine) {
    this.engine = engine;
  }

  VmService service(VmId vm) {
    return engine.system().vmsService().vmService(vm.value());
  }

  Optional<Vm> find(VmId vm) {
    return engine.find(
        "Reading VM " + vm, () -> service(vm).get().follow("disk_attachments.disk").send().vm());
  }

  Vm require(VmId vm) {
    return find(vm)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no VM " + vm + " on the engine",
                    "Choose the VM again; it may have been removed"));
  }

  /**
   * Whether the engine backs this VM up by way of a snapshot, as it does from compatibility level
   * 4.7 on; below, a running VM's host takes the backup by itself.
   */
  boolean isBackedUpBySnapshot(Vm vm) {
    if (vm.customCompatibilityVersionPresent()) {
      return isAtLeastSnapshotLevel(vm.customCompatibilityVersion());
    }
    return Optional.ofNullable(vm.cluster())
        .flatMap(
            cluster ->
                engine.find(
                    "Reading the cluster of VM " + vm.name(),
                    () ->
                        engine
                            .system()
                            .clustersService()
                            .clusterService(cluster.id())
                            .get()
                            .send()
                            .cluster()))
        .filter(Cluster::versionPresent)
        .map(cluster -> isAtLeastSnapshotLevel(cluster.version()))
        .orElse(true);
  }

  private static boolean isAtLeastSnapshotLevel(Version level) {
    if (!level.majorPresent() || !level.minorPresent()) {
      return true;
    }
    int major = level.majorAsInteger();
    return major > 4 || (major == 4 && level.minorAsInteger() >= 7);
  }

  /**
   * @throws StillpointException CONFLICT when it is not
   */
  VmRef requireDown(VmId vm) {
    Vm found = require(vm);
    VmRef ref = new VmRef(vm, found.name());
    if (VmMapping.power(found) == PowerState.DOWN) {
      return ref;
    }
    String state = VmMapping.power(found) == PowerState.UP ? "running" : VmMapping.state(found);
    throw new StillpointException(
        ErrorKind.CONFLICT, ref + " is " + state, "Shut the VM down first");
  }
}
