package dev.stillpoint.backup;

import dev.stillpoint.group.Candidate;
import dev.stillpoint.model.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The VMs that are read at this moment, of all runs: what the limits count. Its monitor guards it;
 * who waits on it is woken when a reading ends.
 */
final class ReadingFloor {

  /** So that somebody who waits also hears of a cancel. */
  private static final long LOOK_MILLIS = 500;

  private final Map<SiteId, List<Candidate>> reading = new HashMap<>();

  synchronized List<Candidate> at(SiteId site) {
    return List.copyOf(reading.getOrDefault(site, List.of()));
  }

  synchronized void enter(SiteId site, Candidate vm) {
    reading.computeIfAbsent(site, s -> new ArrayList<>()).add(vm);
  }

  synchronized void leave(SiteId site, Candidate vm) {
    reading.getOrDefault(site, new ArrayList<>()).remove(vm);
    notifyAll();
  }

  /**
   * Returns when something may have changed.
   *
   * @return whether the thread was not interrupted
   */
  @SuppressWarnings("WaitNotInLoop") // The caller looks again at what it waits for.
  synchronized boolean await() {
    try {
      wait(LOOK_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
