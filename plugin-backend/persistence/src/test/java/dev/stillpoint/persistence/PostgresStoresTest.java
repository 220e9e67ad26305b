package dev.stillpoint.persistence;

import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.site.SecretStore;
import dev.stillpoint.site.SiteStore;
import dev.stillpoint.testing.CatalogContract;
import dev.stillpoint.testing.EventNumberStoreContract;
import dev.stillpoint.testing.JournalStoreContract;
import dev.stillpoint.testing.PolicyStoreContract;
import dev.stillpoint.testing.RunStoreContract;
import dev.stillpoint.testing.SecretStoreContract;
import dev.stillpoint.testing.SiteStoreContract;
import dev.stillpoint.testing.SlotStartStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every store does, on a real PostgreSQL. */
final class PostgresStoresTest {

  @RegisterExtension final PostgresDatabase database = new PostgresDatabase();

  @Nested
  final class Sites extends SiteStoreContract {
    @Override
    protected SiteStore store() {
      return database.get().sites();
    }
  }

  @Nested
  final class Secrets extends SecretStoreContract {
    @Override
    protected SecretStore store() {
      return database.get().secrets(database.keyFile());
    }
  }

  @Nested
  final class Policies extends PolicyStoreContract {
    @Override
    protected PolicyStore store() {
      return database.get().policies();
    }
  }

  @Nested
  final class Runs extends RunStoreContract {
    @Override
    protected RunStore store() {
      return database.get().runs();
    }
  }

  @Nested
  final class Starts extends SlotStartStoreContract {
    @Override
    protected SlotStartStore store() {
      return database.get().slotStarts();
    }

    @Override
    protected RunStore runs() {
      return database.get().runs();
    }
  }

  @Nested
  final class Journal extends JournalStoreContract {
    @Override
    protected JournalStore store() {
      return database.get().journal();
    }
  }

  @Nested
  final class EventNumbers extends EventNumberStoreContract {
    @Override
    protected EventNumberStore store() {
      return database.get().eventNumbers();
    }
  }

  @Nested
  final class Points extends CatalogContract {
    @Override
    protected Catalog catalog() {
      return database.get().catalog();
    }
  }

  @Nested
  final class Concurrency extends ConcurrencyContract {
    @Override
    Database database() {
      return database.get();
    }
  }

  @Nested
  final class Lists extends ListsContract {
    @Override
    Database database() {
      return database.get();
    }
  }

  @Nested
  final class History extends HistoryContract {
    @Override
    Database database() {
      return database.get();
    }
  }

  @Nested
  final class Tickers extends TickerContract {
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
      return Database.open(database.address());
    }
  }
}
