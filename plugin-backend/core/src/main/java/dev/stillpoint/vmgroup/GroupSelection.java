package dev.stillpoint.vmgroup;

import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How policies select groups: by a rule that names one. Pure. */
final class GroupSelection {

  private GroupSelection() {}

  private static Selector.By by(VmGroup.Kind kind) {
    return switch (kind) {
      case AFFINITY_GROUP -> Selector.By.AFFINITY_GROUP;
      case TAG -> Selector.By.TAG;
      case CLUSTER -> Selector.By.CLUSTER;
    };
  }

  /** Whether a policy of the group's site selects it, by its name or by a pattern. */
  static boolean selects(Policy policy, VmGroup group) {
    return policy.selector().stream()
        .flatMap(selector -> selector.include().stream())
        .anyMatch(rule -> rule.fits(by(group.kind()), group.name()));
  }

  /**
   * The policy with a rule for the group; the same policy where it selects the group already.
   *
   * @throws StillpointException CONFLICT where the rule would also select another group
   */
  static Policy with(Policy policy, VmGroup group, List<VmGroup> all) {
    if (selects(policy, group)) {
      return policy;
    }
    Selector.Rule rule = new Selector.Rule(by(group.kind()), group.name());
    requireOnly(rule, group, all);
    List<Selector.Rule> include =
        new ArrayList<>(policy.selector().map(Selector::include).orElse(List.of()));
    include.add(rule);
    return policy.withSelector(
        Optional.of(
            new Selector(include, policy.selector().map(Selector::except).orElse(List.of()))));
  }

  /** Names are unique within a cluster only, and may hold what stands for any letters. */
  private static void requireOnly(Selector.Rule rule, VmGroup group, List<VmGroup> all) {
    all.stream()
        .filter(other -> !other.id().equals(group.id()))
        .filter(other -> rule.fits(by(other.kind()), other.name()))
        .findFirst()
        .ifPresent(
            other -> {
              throw new StillpointException(
                  ErrorKind.CONFLICT,
                  "The rule %s would select group %s of cluster %s too"
                      .formatted(rule, other.name(), other.cluster()),
                  "Give one of the two another name in the manager, or name the VMs in the"
                      + " policy.");
            });
  }

  /**
   * The policy without the rules that name the group.
   *
   * @throws StillpointException CONFLICT where nothing would be left, or a pattern selects it
   */
  static Policy without(Policy policy, VmGroup group) {
    Selector.Rule rule = new Selector.Rule(by(group.kind()), group.name());
    Selector selector = policy.selector().orElseThrow(() -> notNamed(policy, group));
    List<Selector.Rule> rest =
        selector.include().stream().filter(one -> !one.equals(rule)).toList();
    if (rest.size() == selector.include().size()) {
      throw notNamed(policy, group);
    }
    if (rest.isEmpty() && policy.vms().isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Policy " + policy.name() + " selects nothing but group " + group.name(),
          "Disable or remove the policy instead.");
    }
    return policy.withSelector(
        rest.isEmpty() ? Optional.empty() : Optional.of(new Selector(rest, selector.except())));
  }

  private static StillpointException notNamed(Policy policy, VmGroup group) {
    return new StillpointException(
        ErrorKind.CONFLICT,
        "No rule of policy " + policy.name() + " names group " + group.name(),
        "Look at the rules of the policy.",
        Place.POLICIES);
  }
}
