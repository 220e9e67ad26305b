package dev.stillpoint.persistence;

import org.junit.jupiter.api.extension.RegisterExtension;

final class SqliteHistoryTest extends HistoryContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  Database database() {
    return database.get();
  }
}
