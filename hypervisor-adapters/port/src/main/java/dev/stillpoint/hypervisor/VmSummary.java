package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;

/**
 * One line of the list of VMs.
 *
 * @param cluster name of its cluster
 * @param disks how many disks are attached
 * @param provisioned the disks' virtual size, together
 */
public record VmSummary(
    VmId id, String name, PowerState power, String cluster, int disks, ByteCount provisioned) {

  public VmSummary {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(power, "power");
    requireNonNull(cluster, "cluster");
    requireNonNull(provisioned, "provisioned");
  }
}
