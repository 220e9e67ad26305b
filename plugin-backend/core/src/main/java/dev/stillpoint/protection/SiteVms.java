package dev.stillpoint.protection;

import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The VMs of a site as its manager told them, at most {@link #LONGEST} ago: to name ten thousand
 * takes a manager seconds, and every page of a list begins with it. Thread-safe.
 */
final class SiteVms {

  static final Duration LONGEST = Duration.ofSeconds(20);

  private final Sites sites;
  private final InstantSource clock;
  private final Map<SiteId, Lately<List<VmName>>> names = new ConcurrentHashMap<>();
  private final Map<SiteId, Lately<List<VmPlacement>>> placements = new ConcurrentHashMap<>();

  SiteVms(Sites sites, InstantSource clock) {
    this.sites = sites;
    this.clock = clock;
  }

  /** In the order of their names. */
  List<VmName> names(SiteId site) {
    return names
        .computeIfAbsent(site, id -> new Lately<>(LONGEST, clock))
        .get(
            () ->
                inventory(site).names().stream()
                    .sorted(Comparator.comparing(vm -> NameText.sortable(vm.name())))
                    .toList());
  }

  List<VmPlacement> placements(SiteId site) {
    return placements
        .computeIfAbsent(site, id -> new Lately<>(LONGEST, clock))
        .get(() -> List.copyOf(inventory(site).placements()));
  }

  /** The next who asks is told what is there now. */
  void forget(SiteId site) {
    names.remove(site);
    placements.remove(site);
  }

  private Inventory inventory(SiteId site) {
    return sites.session(site).inventory();
  }
}
