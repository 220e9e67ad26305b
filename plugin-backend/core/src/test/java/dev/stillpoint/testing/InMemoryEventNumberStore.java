package dev.stillpoint.testing;

import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.model.SiteId;
import java.util.HashMap;
import java.util.Map;

/** Numbers that are forgotten at the end. */
public final class InMemoryEventNumberStore implements EventNumberStore {

  private final Map<SiteId, Integer> last = new HashMap<>();

  @Override
  public synchronized int next(SiteId site, int above) {
    int next = Math.max(last.getOrDefault(site, 0), above) + 1;
    last.put(site, next);
    return next;
  }
}
