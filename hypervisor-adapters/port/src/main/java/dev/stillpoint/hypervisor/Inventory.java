package dev.stillpoint.hypervisor;

import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the manager manages, as it is now. */
public interface Inventory {

  /** All VMs that the service account sees, in the order of their names. */
  List<VmSummary> vms();

  /** Who the VMs of {@link #vms} are, in no order; asks far less of the manager. */
  List<VmName> names();

  /** Everything a restore needs to know of one VM; empty when there is no such VM. */
  Optional<VmSettings> settings(VmId vm);

  /**
   * What the VM's snapshots are called, oldest first, without the running state itself; empty where
   * there is no such VM.
   */
  List<String> snapshots(VmId vm);

  /** The names of the VMs by the MAC addresses, in lower case, of their NICs. */
  Map<String, String> macs();

  List<Cluster> clusters();

  List<StorageSpace> storages();

  List<NetworkProfile> networks();

  /** Where all VMs are and what they belong to; asks more of the manager than {@link #vms}. */
  List<VmPlacement> placements();

  /** The groups of VMs that the manager keeps, also the empty ones, by kind and then by name. */
  List<VmGroup> groups();
}
