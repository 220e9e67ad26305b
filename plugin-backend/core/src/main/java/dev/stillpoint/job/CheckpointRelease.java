package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.RestorePointId;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Says what has to be deleted on the manager when a point goes. The newest point of a VM has the
 * only checkpoint that is kept there; with it the checkpoint loses its purpose, and is the next
 * sweep's once it stands in the journal.
 */
public final class CheckpointRelease {

  private final Catalog catalog;
  private final InstantSource clock;

  public CheckpointRelease(Catalog catalog, InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog");
    this.clock = requireNonNull(clock, "clock");
  }

  /** To be written down before the point leaves the catalog: nobody would know of it afterwards. */
  public Optional<JournalEntry> of(RestorePointId id) {
    return catalog.find(id).filter(this::isNewest).flatMap(this::entry);
  }

  private boolean isNewest(RestorePoint point) {
    return catalog
        .newest(point.site(), point.settings().id())
        .filter(newest -> newest.id().equals(point.id()))
        .isPresent();
  }

  private Optional<JournalEntry> entry(RestorePoint point) {
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
}
