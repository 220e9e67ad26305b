package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy store that forgets everything at the end. */
public final class InMemoryPolicyStore implements PolicyStore {

  private final Map<PolicyId, Policy> policies = new LinkedHashMap<>();
  private final Map<PolicyId, Policy> past = new LinkedHashMap<>();

  @Override
  public synchronized List<Policy> all() {
    return byName(policies);
  }

  @Override
  public synchronized List<Policy> past() {
    return byName(past);
  }

  private static List<Policy> byName(Map<PolicyId, Policy> some) {
    return some.values().stream()
        .sorted(comparing(Policy::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Policy::name))
        .toList();
  }

  @Override
  public synchronized Optional<Policy> find(PolicyId id) {
    return Optional.ofNullable(policies.get(id));
  }

  @Override
  public synchronized void put(Policy policy) {
    for (Policy other : policies.values()) {
      if (other.name().equals(policy.name()) && !other.id().equals(policy.id())) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            "There is a policy named " + policy.name() + " already",
            "Choose another name, or delete that policy first.");
      }
    }
    policies.put(policy.id(), policy);
    past.put(policy.id(), policy);
  }

  @Override
  public synchronized void delete(PolicyId id) {
    policies.remove(id);
  }
}
