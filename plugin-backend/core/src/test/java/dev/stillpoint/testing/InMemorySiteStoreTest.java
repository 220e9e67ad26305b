package dev.stillpoint.testing;

import dev.stillpoint.site.SiteStore;

final class InMemorySiteStoreTest extends SiteStoreContract {

  private final SiteStore store = new InMemorySiteStore();

  @Override
  protected SiteStore store() {
    return store;
  }
}
