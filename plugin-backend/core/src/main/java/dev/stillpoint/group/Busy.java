package dev.stillpoint.group;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is read already, as the limits count it. */
final class Busy {

  private final ReaderLimits limits;
  private final int site;
  private final Map<String, Integer> hosts = new HashMap<>();
  private final Map<String, Integer> storages = new HashMap<>();

  private Busy(ReaderLimits limits, int site) {
    this.limits = limits;
    this.site = site;
  }

  static Busy of(List<Candidate> running, ReaderLimits limits) {
    Busy busy = new Busy(limits, running.size());
    for (Candidate vm : running) {
      busy.hosts.merge(vm.host(), 1, Integer::sum);
      vm.storages().forEach(storage -> busy.storages.merge(storage, 1, Integer::sum));
    }
    return busy;
  }

  boolean holds(Candidate vm) {
    return isFull(site, limits.perSite())
        || isHostFull(vm)
        || vm.storages().stream().anyMatch(this::isStorageFull);
  }

  /** Empty when nothing holds it. */
  String why(Candidate vm) {
    if (isFull(site, limits.perSite())) {
      return "%d are read at this site already (limits.readers-per-site)".formatted(site);
    }
    if (isHostFull(vm)) {
      return "%d are read on host %s already (limits.readers-per-host)"
          .formatted(hosts.get(vm.host()), vm.host());
    }
    return vm.storages().stream()
        .filter(this::isStorageFull)
        .findFirst()
        .map(
            storage ->
                "%d are read on storage %s already (limits.readers-per-storage)"
                    .formatted(storages.get(storage), storage))
        .orElse("");
  }

  private boolean isHostFull(Candidate vm) {
    return !vm.host().isEmpty() && isFull(hosts.getOrDefault(vm.host(), 0), limits.perHost());
  }

  private boolean isStorageFull(String storage) {
    return isFull(storages.getOrDefault(storage, 0), limits.perStorage());
  }

  private static boolean isFull(int count, int limit) {
    return limit > 0 && count >= limit;
  }
}
