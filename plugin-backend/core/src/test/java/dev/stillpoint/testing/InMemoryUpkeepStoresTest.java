package dev.stillpoint.testing;

import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.upkeep.HoldStore;
import dev.stillpoint.upkeep.SightingStore;

final class InMemoryUpkeepStoresTest extends UpkeepStoresContract {

  private final HoldStore holds = new InMemoryHoldStore();
  private final SightingStore sightings = new InMemorySightingStore();
  private final SpaceStore space = new InMemorySpaceStore();

  @Override
  protected HoldStore holds() {
    return holds;
  }

  @Override
  protected SightingStore sightings() {
    return sightings;
  }

  @Override
  protected SpaceStore space() {
    return space;
  }
}
