package dev.stillpoint.persistence;

import dev.stillpoint.site.SiteStore;
import dev.stillpoint.testing.SiteStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlSiteStoreTest extends SiteStoreContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected SiteStore store() {
    return database.get().sites();
  }
}
