package dev.stillpoint.upkeep;

import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keeps when each VM was seen at its site for the last time. Thread-safe. */
public interface SightingStore {

  /** A VM as it was seen last. */
  record Sighting(VmId vm, String name, Instant seen) {}

  /** These were seen then; what was seen later already stays. */
  void seen(SiteId site, Map<VmId, String> vms, Instant when);

  /** All of a site, by id. */
  List<Sighting> of(SiteId site);
}
