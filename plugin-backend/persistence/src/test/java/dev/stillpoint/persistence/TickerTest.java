package dev.stillpoint.persistence;

import org.junit.jupiter.api.extension.RegisterExtension;

final class TickerTest extends TickerContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  Database database() {
    return database.get();
  }

  @Override
  Database reopen() {
    return database.reopen();
  }

  @Override
  Database second() {
    return Database.open(database.file());
  }
}
