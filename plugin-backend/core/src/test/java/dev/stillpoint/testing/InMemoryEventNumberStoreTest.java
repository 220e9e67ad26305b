package dev.stillpoint.testing;

import dev.stillpoint.activity.EventNumberStore;

final class InMemoryEventNumberStoreTest extends EventNumberStoreContract {

  private final EventNumberStore store = new InMemoryEventNumberStore();

  @Override
  protected EventNumberStore store() {
    return store;
  }
}
