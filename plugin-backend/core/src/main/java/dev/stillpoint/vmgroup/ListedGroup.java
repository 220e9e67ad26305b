package dev.stillpoint.vmgroup;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.job.BackupRequest.NamedVm;
import java.util.List;

/**
 * A group with its members' names and the policies that select it.
 *
 * @param members in the group's order; a VM that the service account does not see goes by its id
 */
public record ListedGroup(VmGroup group, List<NamedVm> members, List<GroupPolicy> policies) {

  public ListedGroup {
    requireNonNull(group, "group");
    members = List.copyOf(members);
    policies = List.copyOf(policies);
  }
}
