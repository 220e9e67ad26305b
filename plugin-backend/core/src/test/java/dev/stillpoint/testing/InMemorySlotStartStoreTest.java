package dev.stillpoint.testing;

import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStartStore;

class InMemorySlotStartStoreTest extends SlotStartStoreContract {

  private final InMemoryRunStore runs = new InMemoryRunStore();
  private final InMemorySlotStartStore store = new InMemorySlotStartStore(runs);

  @Override
  protected SlotStartStore store() {
    return store;
  }

  @Override
  protected RunStore runs() {
    return runs;
  }
}
