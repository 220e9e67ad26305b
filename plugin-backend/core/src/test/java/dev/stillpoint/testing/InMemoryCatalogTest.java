package dev.stillpoint.testing;

import dev.stillpoint.catalog.Catalog;

final class InMemoryCatalogTest extends CatalogContract {

  private final Catalog catalog = new InMemoryCatalog();

  @Override
  protected Catalog catalog() {
    return catalog;
  }
}
