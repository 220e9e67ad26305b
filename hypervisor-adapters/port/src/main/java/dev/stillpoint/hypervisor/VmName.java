package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.VmId;

/**
 * Who a VM is.
 *
 * @param cluster name of its cluster, which tells VMs of one name apart
 */
public record VmName(VmId id, String name, String cluster) {

  public VmName {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(cluster, "cluster");
  }
}
