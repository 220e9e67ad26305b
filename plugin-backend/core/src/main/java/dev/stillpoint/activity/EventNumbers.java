package dev.stillpoint.activity;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.ActivityLog.Event;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds events under numbers that the manager has never seen, even when our database was put back
 * from an old copy: it begins above what the manager lists, and where a number turns out to be
 * taken it leaps ahead. One thread.
 */
final class EventNumbers {

  /** Twenty leaps, each twice as wide as the one before, pass over a million events. */
  private static final int ATTEMPTS = 20;

  private final EventNumberStore store;
  private final Map<SiteId, Integer> highest = new HashMap<>();

  EventNumbers(EventNumberStore store) {
    this.store = store;
  }

  void add(SiteId site, ActivityLog log, Event event) {
    int above = highest.computeIfAbsent(site, s -> log.highestEventNumber());
    int leap = 1;
    for (int attempt = 1; true; attempt++) {
      int number = store.next(site, above);
      try {
        log.add(number, event);
        return;
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
        above = Math.addExact(number, leap);
        leap *= 2;
      }
    }
  }
}
