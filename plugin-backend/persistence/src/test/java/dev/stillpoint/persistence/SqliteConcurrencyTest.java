package dev.stillpoint.persistence;

import org.junit.jupiter.api.extension.RegisterExtension;

final class SqliteConcurrencyTest extends ConcurrencyContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  Database database() {
    return database.get();
  }
}
