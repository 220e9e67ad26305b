package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.metering.MeteredPoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.PointLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A ledger that forgets everything at the end. */
public final class InMemoryPointLedger implements PointLedger {

  private final Catalog catalog;
  private final Map<RestorePointId, Entry> entries = new HashMap<>();

  private record Entry(KeptPoint point, Optional<Instant> ended) {}

  public InMemoryPointLedger(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public synchronized void record(List<KeptPoint> points) {
    points.forEach(point -> entries.put(point.id(), new Entry(point, Optional.empty())));
  }

  @Override
  public synchronized void end(RestorePointId id, Instant when) {
    entries.computeIfPresent(
        id,
        (key, entry) ->
            entry.ended().isPresent() ? entry : new Entry(entry.point(), Optional.of(when)));
  }

  @Override
  public synchronized List<RestorePointId> unlisted(int limit) {
    return catalog.ids().stream().filter(id -> find(id).isEmpty()).limit(limit).toList();
  }

  @Override
  public synchronized List<RestorePointId> lost() {
    return kept(point -> catalog.find(point.id()).isEmpty()).map(KeptPoint::id).toList();
  }

  @Override
  public synchronized Optional<KeptPoint> find(RestorePointId id) {
    return kept(point -> point.id().equals(id)).findFirst();
  }

  @Override
  public synchronized List<VmRef> withDue(Instant at) {
    return kept(point -> point.expires().filter(end -> !end.isAfter(at)).isPresent())
        .map(KeptPoint::vm)
        .distinct()
        .sorted(comparing((VmRef vm) -> vm.site().value()).thenComparing(vm -> vm.vm().value()))
        .toList();
  }

  @Override
  public synchronized List<KeptPoint> ofVm(VmRef vm) {
    return kept(point -> point.vm().equals(vm)).toList();
  }

  @Override
  public synchronized List<KeptPoint> ofPolicy(PolicyId policy) {
    return kept(point -> point.policy().equals(Optional.of(policy))).toList();
  }

  @Override
  public synchronized List<VmTotals> totals() {
    return kept(point -> true).collect(Collectors.groupingBy(KeptPoint::vm)).entrySet().stream()
        .map(entry -> totals(entry.getKey(), entry.getValue()))
        .sorted(
            comparing((VmTotals one) -> one.vm().site().value())
                .thenComparing(one -> one.vm().vm().value()))
        .toList();
  }

  private static VmTotals totals(VmRef vm, List<KeptPoint> oldestFirst) {
    KeptPoint newest = oldestFirst.get(oldestFirst.size() - 1);
    return new VmTotals(
        vm, newest.vmName(), oldestFirst.size(), oldestFirst.get(0).time(), newest.time());
  }

  @Override
  public synchronized List<MeteredPoint> between(Instant from, Instant before) {
    List<MeteredPoint> result = new ArrayList<>();
    for (Entry entry : entries.values()) {
      KeptPoint point = entry.point();
      boolean over = entry.ended().filter(end -> !end.isAfter(from)).isPresent();
      if (point.since().isBefore(before) && !over) {
        result.add(
            new MeteredPoint(
                point.id(),
                point.vm().site(),
                point.vm().vm(),
                point.vmName(),
                point.policy(),
                point.since(),
                entry.ended(),
                point.logical(),
                point.stored()));
      }
    }
    result.sort(comparing(MeteredPoint::since).thenComparing(point -> point.id().value()));
    return result;
  }

  @Override
  public synchronized long version() {
    return entries.hashCode();
  }

  @Override
  public Map<VmRef, ByteCount> storedSince(Instant instant) {
    return stored(entry -> entry.ended().isEmpty() && entry.point().time().isAfter(instant));
  }

  @Override
  public Map<VmRef, ByteCount> endedSince(Instant instant) {
    return stored(entry -> entry.ended().filter(end -> end.isAfter(instant)).isPresent());
  }

  private synchronized Map<VmRef, ByteCount> stored(Predicate<Entry> wanted) {
    Map<VmRef, ByteCount> sums = new HashMap<>();
    for (Entry entry : entries.values()) {
      if (wanted.test(entry)) {
        sums.merge(entry.point().vm(), entry.point().stored(), ByteCount::plus);
      }
    }
    return sums;
  }

  private Stream<KeptPoint> kept(Predicate<KeptPoint> wanted) {
    return entries.values().stream()
        .filter(entry -> entry.ended().isEmpty())
        .map(Entry::point)
        .filter(wanted)
        .sorted(comparing(KeptPoint::time).thenComparing(point -> point.id().value()));
  }
}
