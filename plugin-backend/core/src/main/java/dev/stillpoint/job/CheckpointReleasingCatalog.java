package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A catalog that lets no checkpoint be forgotten: with a VM's newest point its checkpoint loses its
 * purpose, stands in the journal from then on, and is deleted by the next sweep.
 */
public final class CheckpointReleasingCatalog implements Catalog {

  private final Catalog catalog;
  private final JournalStore journal;
  private final InstantSource clock;

  public CheckpointReleasingCatalog(Catalog catalog, JournalStore journal, InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog");
    this.journal = requireNonNull(journal, "journal");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void remove(RestorePointId id) {
    List<JournalEntry> useless =
        catalog.find(id).filter(this::isNewest).stream()
            .flatMap(point -> checkpoint(point).stream())
            .toList();
    journal.add(useless);
    catalog.remove(id);
    // A sweep between the two has struck it out, for the point still needed it then.
    journal.add(useless);
  }

  private boolean isNewest(RestorePoint point) {
    return newest(point.site(), point.settings().id())
        .filter(newest -> newest.id().equals(point.id()))
        .isPresent();
  }

  private Optional<JournalEntry> checkpoint(RestorePoint point) {
    return point
        .checkpoint()
        .map(
            checkpoint ->
                new JournalEntry(
                    point.run(),
                    point.site(),
                    OutsideEffect.checkpoint(point.settings().id(), checkpoint),
                    clock.instant()));
  }

  @Override
  public void add(RestorePoint point) {
    catalog.add(point);
  }

  @Override
  public Optional<RestorePoint> find(RestorePointId id) {
    return catalog.find(id);
  }

  @Override
  public Set<RestorePointId> ids() {
    return catalog.ids();
  }

  @Override
  public Optional<RestorePoint> newest(SiteId site, VmId vm) {
    return catalog.newest(site, vm);
  }

  @Override
  public List<RestorePoint> list(PointFilter filter) {
    return catalog.list(filter);
  }
}
