package dev.stillpoint.load;

import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.LoadMeter;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The load of the VMs of sites, as the mean of what was read within the last minute. Reads when it
 * is asked; thread-safe.
 */
public final class LoadWatch {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Sites sites;
  private final InstantSource clock;
  private final Map<SiteId, Deque<Reading>> readings = new HashMap<>();

  private record Reading(Instant time, List<DiskLoad> disks, Map<VmId, VmLoad> vms) {}

  public LoadWatch(Sites sites, InstantSource clock) {
    this.sites = sites;
    this.clock = clock;
  }

  /** The load of every VM that the manager tells of now. */
  public Map<VmId, VmLoad> read(SiteId site) {
    LoadMeter meter = sites.session(site).loadMeter();
    List<DiskLoad> latest = meter.read();
    List<Reading> window = remembered(site, latest);
    Map<VmId, VmLoad> result = new LinkedHashMap<>();
    for (VmId vm : window.get(window.size() - 1).vms().keySet()) {
      result.put(
          vm,
          VmLoad.mean(
              window.stream()
                  .flatMap(r -> Optional.ofNullable(r.vms().get(vm)).stream())
                  .toList()));
    }
    return result;
  }

  private List<Reading> remembered(SiteId site, List<DiskLoad> latest) {
    Instant now = clock.instant();
    synchronized (readings) {
      Deque<Reading> of = readings.computeIfAbsent(site, s -> new ArrayDeque<>());
      of.removeIf(reading -> reading.time().isBefore(now.minus(WINDOW)));
      // A meter answers with the same reading until the manager has a new one.
      if (of.isEmpty() || !of.getLast().disks().equals(latest)) {
        of.add(new Reading(now, latest, VmLoad.ofVms(latest)));
      }
      return List.copyOf(of);
    }
  }
}
