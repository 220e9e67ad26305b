package dev.stillpoint.policy;

import dev.stillpoint.model.PolicyId;
import java.util.List;
import java.util.Optional;

/** Keeps policies. Thread-safe. */
public interface PolicyStore {

  /** All policies, by name. */
  List<Policy> all();

  Optional<Policy> find(PolicyId id);

  /**
   * Keeps a new policy, or replaces the one with this id.
   *
   * @throws dev.stillpoint.model.StillpointException CONFLICT when another has the name
   */
  void put(Policy policy);

  /** All policies that ever were, as they were last kept, by name; also those deleted since. */
  List<Policy> past();

  /** Forgets a policy; one that is not there is no error. */
  void delete(PolicyId id);
}
