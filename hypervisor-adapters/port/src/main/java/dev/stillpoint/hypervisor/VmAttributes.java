package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a manager knows of a VM beside its hardware, disks and NICs.
 *
 * @param ballooning the manager may take unused memory back
 * @param availabilityPriority which VM is restarted first, higher first
 * @param customProperties by name
 * @param tags their names
 * @param affinityGroups of the VM's cluster
 * @param affinityLabels by which VMs and hosts are matched
 * @param permissions who has which role on the VM; also what it inherits, which no manager tells
 *     apart
 * @param document the VM as the manager's API showed it, unchanged, for what we have no field for;
 *     empty where it was not told
 * @param unread what could not be read, a sentence each, so that its absence is not taken for none
 */
public record VmAttributes(
    boolean ballooning,
    int availabilityPriority,
    Map<String, String> customProperties,
    List<Named> tags,
    List<Named> affinityGroups,
    List<Named> affinityLabels,
    List<Permission> permissions,
    String document,
    List<String> unread) {

  /** Something by its id, which stays, and its name, for people. */
  public record Named(String id, String name) {

    public Named {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
    }
  }

  /**
   * A role of somebody.
   *
   * @param group a group of users rather than one
   */
  public record Permission(Named role, Named holder, boolean group) {

    public Permission {
      requireNonNull(role, "role");
      requireNonNull(holder, "holder");
    }

    @Override
    public String toString() {
      return role.name() + " for " + (group ? "group " : "") + holder.name();
    }
  }

  public VmAttributes {
    customProperties = Map.copyOf(customProperties);
    tags = List.copyOf(tags);
    affinityGroups = List.copyOf(affinityGroups);
    affinityLabels = List.copyOf(affinityLabels);
    permissions = List.copyOf(permissions);
    requireNonNull(document, "document");
    unread = List.copyOf(unread);
  }
}
