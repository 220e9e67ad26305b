package dev.stillpoint.testing;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.upkeep.PointLedger;

final class InMemoryPointLedgerTest extends PointLedgerContract {

  private final Catalog catalog = new InMemoryCatalog();
  private final PointLedger ledger = new InMemoryPointLedger(catalog);

  @Override
  protected PointLedger ledger() {
    return ledger;
  }

  @Override
  protected Catalog catalog() {
    return catalog;
  }
}
