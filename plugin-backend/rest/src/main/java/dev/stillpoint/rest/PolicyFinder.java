package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;

/** Finds policies by what callers call them, among those they may see. */
final class PolicyFinder {

  private final PolicyStore policies;

  PolicyFinder(PolicyStore policies) {
    this.policies = policies;
  }

  /** What a selector will choose nobody knows, so only an administrator is shown one. */
  static boolean sees(Access access, Policy policy) {
    boolean bound = access.vms().isPresent();
    return access.sees(policy.site())
        && !(bound && policy.selector().isPresent())
        && policy.vms().stream().allMatch(vm -> access.sees(policy.site(), vm));
  }

  /**
   * @throws StillpointException NOT_FOUND
   */
  Policy require(String idOrName, Access access) {
    return policies.all().stream()
        .filter(p -> p.id().value().equals(idOrName) || p.name().equals(idOrName))
        .filter(p -> sees(access, p))
        .findFirst()
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no policy " + idOrName,
                    "Look for it in the list of policies.",
                    Place.POLICIES));
  }
}
