package dev.stillpoint.persistence;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.testing.PointLedgerContract;
import dev.stillpoint.upkeep.PointLedger;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlPointLedgerTest extends PointLedgerContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected PointLedger ledger() {
    return database.get().ledger();
  }

  @Override
  protected Catalog catalog() {
    return database.get().catalog();
  }
}
