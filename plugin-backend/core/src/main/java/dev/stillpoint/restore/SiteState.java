package dev.stillpoint.restore;

import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a restore must know of a site, as it is when the plan is made.
 *
 * @param vm the VM that the point was made of; empty when it is gone
 * @param snapshots what that VM's snapshots are called, oldest first
 * @param macs the names of VMs by the MAC addresses they have; empty when no address is to be kept
 */
record SiteState(
    Optional<VmSettings> vm,
    List<String> snapshots,
    List<VmSummary> vms,
    Map<String, String> macs,
    List<Cluster> clusters,
    List<StorageSpace> storages,
    List<NetworkProfile> networks) {

  SiteState {
    snapshots = List.copyOf(snapshots);
    vms = List.copyOf(vms);
    macs = Map.copyOf(macs);
    clusters = List.copyOf(clusters);
    storages = List.copyOf(storages);
    networks = List.copyOf(networks);
  }

  static SiteState read(Inventory inventory, VmId vm, RestoreRequest request) {
    boolean keepsMacs = request.mode() == RestoreRequest.Mode.NEW_VM && request.keepMacs();
    return new SiteState(
        inventory.settings(vm),
        inventory.snapshots(vm),
        inventory.vms(),
        keepsMacs ? inventory.macs() : Map.of(),
        inventory.clusters(),
        inventory.storages(),
        inventory.networks());
  }
}
