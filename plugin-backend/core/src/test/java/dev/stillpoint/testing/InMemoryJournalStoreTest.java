package dev.stillpoint.testing;

import dev.stillpoint.job.JournalStore;

final class InMemoryJournalStoreTest extends JournalStoreContract {

  private final JournalStore store = new InMemoryJournalStore();

  @Override
  protected JournalStore store() {
    return store;
  }
}
