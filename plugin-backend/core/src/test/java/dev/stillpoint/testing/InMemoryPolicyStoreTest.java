package dev.stillpoint.testing;

import dev.stillpoint.policy.PolicyStore;

final class InMemoryPolicyStoreTest extends PolicyStoreContract {

  private final PolicyStore store = new InMemoryPolicyStore();

  @Override
  protected PolicyStore store() {
    return store;
  }
}
