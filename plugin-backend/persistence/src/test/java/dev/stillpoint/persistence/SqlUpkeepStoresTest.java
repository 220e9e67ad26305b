package dev.stillpoint.persistence;

import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.testing.UpkeepStoresContract;
import dev.stillpoint.upkeep.HoldStore;
import dev.stillpoint.upkeep.SightingStore;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlUpkeepStoresTest extends UpkeepStoresContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected HoldStore holds() {
    return database.get().holds();
  }

  @Override
  protected SightingStore sightings() {
    return database.get().sightings();
  }

  @Override
  protected SpaceStore space() {
    return database.get().space();
  }
}
