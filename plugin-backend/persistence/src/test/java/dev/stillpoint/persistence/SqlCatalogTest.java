package dev.stillpoint.persistence;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.testing.CatalogContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlCatalogTest extends CatalogContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected Catalog catalog() {
    return database.get().catalog();
  }
}
