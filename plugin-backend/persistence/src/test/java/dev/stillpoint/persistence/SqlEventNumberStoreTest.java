package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.testing.EventNumberStoreContract;
import dev.stillpoint.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlEventNumberStoreTest extends EventNumberStoreContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected EventNumberStore store() {
    return database.get().eventNumbers();
  }

  @Test
  void goesOnAfterARestart() {
    int before = store().next(Samples.SITE, 41);
    database.reopen();
    assertThat(store().next(Samples.SITE, 0)).isEqualTo(before + 1);
  }
}
