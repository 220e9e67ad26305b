package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A catalog that forgets everything at the end. */
public final class InMemoryCatalog implements Catalog {

  private static final Comparator<RestorePoint> NEWEST_FIRST =
      comparing(RestorePoint::time)
          .thenComparing(RestorePoint::created)
          .thenComparing(point -> point.id().value())
          .reversed();

  private final Map<RestorePointId, RestorePoint> points = new HashMap<>();

  @Override
  public synchronized void add(RestorePoint point) {
    points.put(point.id(), point);
  }

  @Override
  public synchronized void remove(RestorePointId id) {
    points.remove(id);
  }

  @Override
  public synchronized Optional<RestorePoint> find(RestorePointId id) {
    return Optional.ofNullable(points.get(id));
  }

  @Override
  public synchronized Set<RestorePointId> ids() {
    return Set.copyOf(points.keySet());
  }

  @Override
  public synchronized Optional<RestorePoint> newest(SiteId site, VmId vm) {
    return newestFirst(point -> point.site().equals(site) && point.settings().id().equals(vm))
        .findFirst();
  }

  @Override
  public synchronized List<RestorePoint> list(PointFilter filter) {
    return newestFirst(point -> matches(point, filter)).limit(filter.limit()).toList();
  }

  private Stream<RestorePoint> newestFirst(Predicate<RestorePoint> wanted) {
    return points.values().stream().filter(wanted).sorted(NEWEST_FIRST);
  }

  private static boolean matches(RestorePoint point, PointFilter filter) {
    boolean site = filter.site().isEmpty() || filter.site().get().equals(point.site());
    boolean vm =
        filter.vm().isEmpty()
            || filter.vm().get().equals(point.settings().id().value())
            || filter.vm().get().equals(point.settings().name());
    return site && vm;
  }
}
