package dev.stillpoint.testing;

import dev.stillpoint.job.RunStore;

final class InMemoryRunStoreTest extends RunStoreContract {

  private final RunStore store = new InMemoryRunStore();

  @Override
  protected RunStore store() {
    return store;
  }
}
