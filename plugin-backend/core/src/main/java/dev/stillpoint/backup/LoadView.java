package dev.stillpoint.backup;

import dev.stillpoint.group.LoadHistory;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loads of a site while a run goes on, asked for again when they are some seconds old.
 * Thread-safe.
 */
final class LoadView {

  private static final Logger LOG = LoggerFactory.getLogger(LoadView.class);

  /** Readers that end one after the other share one look. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final LoadWatch watch;
  private final SiteId site;
  private final InstantSource clock;
  private final LoadHistory history = new LoadHistory();
  private Optional<Instant> looked = Optional.empty();

  LoadView(LoadWatch watch, SiteId site, InstantSource clock) {
    this.watch = watch;
    this.site = site;
    this.clock = clock;
  }

  /** Bytes a second of each VM; those known last, where the manager does not tell now. */
  synchronized Map<VmId, Double> now() {
    Instant now = clock.instant();
    if (looked.filter(last -> now.isBefore(last.plus(FRESH))).isEmpty()) {
      looked = Optional.of(now);
      look(now);
    }
    return history.latest();
  }

  /** Which order is best is not worth a failed backup. */
  private void look(Instant now) {
    try {
      Map<VmId, Double> loads = new HashMap<>();
      watch.read(site).forEach((vm, load) -> loads.put(vm, (double) load.bytesPerSecond()));
      history.add(now, loads);
    } catch (StillpointException e) {
      LOG.warn("site={} its loads are not known: {}", site, e.getMessage());
    }
  }

  /** What a VM carried between two instants on the average, in bytes a second. */
  double mean(VmId vm, Instant from, Instant to) {
    return history.mean(vm, from, to);
  }
}
