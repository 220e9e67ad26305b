package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.VmId;
import java.util.List;

/**
 * Some VMs that the manager itself keeps together under a name.
 *
 * @param cluster the name of the cluster it belongs to; empty where it belongs to none
 * @param members in the order in which the manager begins or names them
 */
public record VmGroup(String id, String name, Kind kind, String cluster, List<VmId> members) {

  /** What the manager calls such a group. */
  public enum Kind {
    AFFINITY_GROUP,
    TAG,
    CLUSTER
  }

  public VmGroup {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    requireNonNull(cluster, "cluster");
    members = List.copyOf(members);
  }
}
