package dev.stillpoint.persistence;

import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.testing.SlotStartStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlSlotStartStoreTest extends SlotStartStoreContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected SlotStartStore store() {
    return database.get().slotStarts();
  }

  @Override
  protected RunStore runs() {
    return database.get().runs();
  }
}
