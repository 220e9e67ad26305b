package dev.stillpoint.persistence;

import dev.stillpoint.job.RunStore;
import dev.stillpoint.testing.RunStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlRunStoreTest extends RunStoreContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected RunStore store() {
    return database.get().runs();
  }
}
