package dev.stillpoint.persistence;

import org.junit.jupiter.api.extension.RegisterExtension;

final class SqliteListsTest extends ListsContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  Database database() {
    return database.get();
  }
}
