package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.upkeep.HoldStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds that are forgotten at the end. */
public final class InMemoryHoldStore implements HoldStore {

  private final Map<RestorePointId, Hold> holds = new HashMap<>();

  @Override
  public synchronized List<Hold> all() {
    return holds.values().stream()
        .sorted(comparing(Hold::since).thenComparing(hold -> hold.point().value()))
        .toList();
  }

  @Override
  public synchronized void put(Hold hold) {
    holds.put(hold.point(), hold);
  }

  @Override
  public synchronized void remove(RestorePointId point) {
    holds.remove(point);
  }
}
