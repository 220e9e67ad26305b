package dev.stillpoint.vmgroup;

import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.job.Membership;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.policy.PolicyVms;
import dev.stillpoint.site.Sites;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The groups of a site as they are now, asked of the manager each time. */
public final class VmGroups {

  private final Sites sites;
  private final PolicyStore policies;
  private final RunQueue queue;

  public VmGroups(Sites sites, PolicyStore policies, RunQueue queue) {
    this.sites = sites;
    this.policies = policies;
    this.queue = queue;
  }

  /** All groups, by kind and name. */
  public List<ListedGroup> list(SiteId site) {
    Inventory inventory = sites.session(site).inventory();
    Seen seen = new Seen(inventory.vms(), inventory.placements());
    Map<VmId, String> names =
        seen.vms().stream().collect(Collectors.toMap(VmSummary::id, VmSummary::name));
    List<VmGroup> groups = inventory.groups();
    List<GroupPolicy> selecting =
        policies.all().stream()
            .filter(policy -> policy.site().equals(site))
            .filter(policy -> groups.stream().anyMatch(g -> GroupSelection.selects(policy, g)))
            .map(policy -> since(policy, seen))
            .toList();
    return groups.stream()
        .map(
            group ->
                new ListedGroup(
                    group,
                    group.members().stream()
                        .map(vm -> new NamedVm(vm, names.getOrDefault(vm, vm.value())))
                        .toList(),
                    selecting.stream()
                        .filter(one -> GroupSelection.selects(one.policy(), group))
                        .toList()))
        .toList();
  }

  /** What the manager was asked for, once for all policies. */
  private record Seen(List<VmSummary> vms, List<VmPlacement> placements)
      implements PolicyVms.Source {}

  private GroupPolicy since(Policy policy, Seen seen) {
    Optional<Run> last = queue.lastOf(policy.id());
    List<NamedVm> now =
        PolicyVms.now(policy, seen).entrySet().stream()
            .map(vm -> new NamedVm(vm.getKey(), vm.getValue()))
            .toList();
    return new GroupPolicy(policy, last, last.flatMap(run -> Membership.between(run, now)));
  }

  /**
   * One group by its id or its name.
   *
   * @throws StillpointException NOT_FOUND; CONFLICT for a name that several have
   */
  public static ListedGroup one(List<ListedGroup> all, String idOrName) {
    return find(all, idOrName)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no group " + idOrName,
                    "Look for it in the list of groups.",
                    Place.GROUPS));
  }

  /**
   * @throws StillpointException CONFLICT for a name that several have
   */
  static Optional<ListedGroup> find(List<ListedGroup> all, String idOrName) {
    Optional<ListedGroup> byId =
        all.stream().filter(one -> one.group().id().equals(idOrName)).findFirst();
    List<ListedGroup> named =
        all.stream().filter(one -> one.group().name().equals(idOrName)).toList();
    if (byId.isEmpty() && named.size() > 1) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "There are " + named.size() + " groups named " + idOrName,
          "Name the one you mean by its id: "
              + String.join(", ", named.stream().map(one -> one.group().id()).toList()));
    }
    return byId.or(() -> named.stream().findFirst());
  }

  /**
   * The policy with a rule that selects the group.
   *
   * @throws StillpointException CONFLICT where the rule would select another group too
   */
  public static Policy protect(Policy policy, ListedGroup group, List<ListedGroup> all) {
    return GroupSelection.with(
        policy, group.group(), all.stream().map(ListedGroup::group).toList());
  }

  /**
   * The policy without the rule that selects the group.
   *
   * @throws StillpointException CONFLICT where there is no such rule, or nothing else
   */
  public static Policy release(Policy policy, ListedGroup group) {
    return GroupSelection.without(policy, group.group());
  }
}
