package dev.stillpoint.persistence;

import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.testing.PolicyStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlPolicyStoreTest extends PolicyStoreContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected PolicyStore store() {
    return database.get().policies();
  }
}
