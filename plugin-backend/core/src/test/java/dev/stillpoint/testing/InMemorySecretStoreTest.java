package dev.stillpoint.testing;

import dev.stillpoint.site.SecretStore;

final class InMemorySecretStoreTest extends SecretStoreContract {

  private final SecretStore store = new InMemorySecretStore();

  @Override
  protected SecretStore store() {
    return store;
  }
}
