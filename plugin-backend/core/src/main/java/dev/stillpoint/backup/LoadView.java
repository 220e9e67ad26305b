package dev.stillpoint.backup;

import dev.stillpoint.group.LoadIntegral;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loads of a site while a run goes on, looked at now and then. Thread-safe. */
final class LoadView {

  private static final Logger LOG = LoggerFactory.getLogger(LoadView.class);

  /** Readers that end one after the other share one look. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  /** Managers have new figures no sooner. */
  private static final Duration GLANCE = Duration.ofSeconds(15);

  private final LoadWatch watch;
  private final SiteId site;
  private final InstantSource clock;
  private final LoadIntegral loads = new LoadIntegral();
  private final ReentrantLock looking = new ReentrantLock();
  private Instant looked = Instant.MIN;

  LoadView(LoadWatch watch, SiteId site, InstantSource clock) {
    this.watch = watch;
    this.site = site;
    this.clock = clock;
  }

  /** Bytes a second of each VM; those known last, where the manager does not tell now. */
  Map<VmId, Double> now() {
    looking.lock();
    try {
      lookIfOlderThan(FRESH);
      return loads.latest();
    } finally {
      looking.unlock();
    }
  }

  /** Asked again and again while data moves, so that long readings are weighed by their loads. */
  void glance() {
    if (looking.tryLock()) {
      try {
        lookIfOlderThan(GLANCE);
      } finally {
        looking.unlock();
      }
    }
  }

  /** Load-seconds of a VM from the run's first look until that time. */
  double carried(VmId vm, Instant until) {
    return loads.until(until, vm);
  }

  private void lookIfOlderThan(Duration age) {
    Instant now = clock.instant();
    if (looked.equals(Instant.MIN) || !now.isBefore(looked.plus(age))) {
      looked = now;
      look(now);
    }
  }

  /** Which order is best is not worth a failed backup, whatever goes wrong in asking. */
  private void look(Instant now) {
    try {
      Map<VmId, Double> seen = new HashMap<>();
      watch.read(site).forEach((vm, load) -> seen.put(vm, (double) load.bytesPerSecond()));
      loads.add(now, seen);
    } catch (RuntimeException e) {
      LOG.warn("site={} its loads are not known: {}", site, e.getMessage());
    }
  }
}
