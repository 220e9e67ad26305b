package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.VmId;
import java.util.List;

/**
 * Where a VM is and what it belongs to, by names: what VMs are chosen by.
 *
 * @param host where it runs; empty when it is down, or not told
 * @param storages where its disks lie
 */
public record VmPlacement(
    VmId id,
    String name,
    String dataCenter,
    String cluster,
    String host,
    List<String> storages,
    List<String> tags,
    List<String> affinityGroups) {

  public VmPlacement {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(dataCenter, "dataCenter");
    requireNonNull(cluster, "cluster");
    requireNonNull(host, "host");
    storages = List.copyOf(storages);
    tags = List.copyOf(tags);
    affinityGroups = List.copyOf(affinityGroups);
  }
}
