package dev.stillpoint.upkeep;

import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.SightingStore.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which VMs are gone from their sites: not seen for some time in which others there were. A manager
 * that does not answer, or shows an account nothing, makes nobody gone.
 */
final class Gone {

  private final SightingStore sightings;
  private final Duration after;
  private final Map<SiteId, Set<VmId>> known = new HashMap<>();

  /** Asks the store once for each site; make a new one for each look. */
  Gone(SightingStore sightings, Duration after) {
    this.sightings = sightings;
    this.after = after;
  }

  boolean test(VmRef vm) {
    return known.computeIfAbsent(vm.site(), this::ofSite).contains(vm.vm());
  }

  private Set<VmId> ofSite(SiteId site) {
    List<Sighting> all = sightings.of(site);
    Instant last = all.stream().map(Sighting::seen).max(Instant::compareTo).orElse(Instant.MIN);
    Set<VmId> gone = new HashSet<>();
    all.stream()
        .filter(one -> !one.seen().plus(after).isAfter(last))
        .forEach(one -> gone.add(one.vm()));
    return gone;
  }
}
