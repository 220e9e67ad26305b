package dev.stillpoint.backup;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what the order of a run is decided by, but for the loads. What cannot be had now is taken
 * for nothing: a worse order is better than no backup.
 */
final class Candidates {

  private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);

  /** So many runs tell how long reading takes here. */
  private static final int RECENT_RUNS = 20;

  /** So many points tell how much a VM changes. */
  private static final int EARLIER_POINTS = 5;

  private final Inventory inventory;
  private final Catalog catalog;
  private final RunStore runs;

  Candidates(Inventory inventory, Catalog catalog, RunStore runs) {
    this.inventory = inventory;
    this.catalog = catalog;
    this.runs = runs;
  }

  List<Candidate> of(Run run, GroupRules rules) {
    boolean alone = run.vms().size() == 1;
    Map<VmId, VmSummary> summaries = alone ? Map.of() : byId(() -> inventory.vms(), VmSummary::id);
    Map<VmId, VmPlacement> places =
        rules.needPlaces() ? byId(() -> inventory.placements(), VmPlacement::id) : Map.of();
    ReadPrediction prediction =
        ReadPrediction.learntFrom(
            runs.newest(RECENT_RUNS).stream()
                .filter(recent -> recent.site().equals(run.site()))
                .toList());
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < run.vms().size(); i++) {
      VmTask task = run.vms().get(i);
      VmId vm = task.vm().orElseThrow();
      double bytes =
          prediction.bytes(
              Optional.ofNullable(summaries.get(vm))
                  .map(VmSummary::provisioned)
                  .orElse(ByteCount.ZERO),
              alone ? List.of() : earlier(run, vm));
      Optional<VmPlacement> place = Optional.ofNullable(places.get(vm));
      candidates.add(
          new Candidate(
              i,
              task.vmName(),
              0,
              bytes,
              prediction.seconds(bytes),
              place.map(VmPlacement::host).orElse(""),
              place.map(VmPlacement::storages).orElse(List.of())));
    }
    return candidates;
  }

  private List<RestorePoint> earlier(Run run, VmId vm) {
    return catalog.list(
        new PointFilter(Optional.of(run.site()), Optional.of(vm.value()), EARLIER_POINTS));
  }

  private static <T> Map<VmId, T> byId(Supplier<List<T>> ask, Function<T, VmId> id) {
    try {
      return ask.get().stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> a));
    } catch (StillpointException e) {
      LOG.warn("the order is decided without sizes or places: {}", e.getMessage());
      return Map.of();
    }
  }
}
