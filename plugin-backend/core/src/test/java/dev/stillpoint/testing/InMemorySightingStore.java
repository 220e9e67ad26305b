package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.SightingStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sightings that are forgotten at the end. */
public final class InMemorySightingStore implements SightingStore {

  private final Map<VmRef, Sighting> sightings = new HashMap<>();

  @Override
  public synchronized void seen(SiteId site, Map<VmId, String> vms, Instant when) {
    vms.forEach(
        (vm, name) ->
            sightings.merge(
                new VmRef(site, vm),
                new Sighting(vm, name, when),
                (old, now) -> now.seen().isAfter(old.seen()) ? now : old));
  }

  @Override
  public synchronized List<Sighting> of(SiteId site) {
    return sightings.entrySet().stream()
        .filter(entry -> entry.getKey().site().equals(site))
        .map(Map.Entry::getValue)
        .sorted(comparing(one -> one.vm().value()))
        .toList();
  }
}
