package dev.stillpoint.upkeep;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the ledger list exactly what the catalog has. */
final class LedgerKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);
  private static final int BATCH = 500;

  private final Catalog catalog;
  private final PointLedger ledger;
  private final SightingStore sightings;
  private final InstantSource clock;

  LedgerKeeper(Catalog catalog, PointLedger ledger, SightingStore sightings, InstantSource clock) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.sightings = sightings;
    this.clock = clock;
  }

  /** Adds what is missing, ends what is gone: expired by hand, or with a repository put back. */
  void reconcile() {
    List<RestorePointId> unlisted = ledger.unlisted(BATCH);
    while (!unlisted.isEmpty()) {
      List<KeptPoint> points = new ArrayList<>();
      unlisted.forEach(id -> catalog.find(id).map(LedgerKeeper::kept).ifPresent(points::add));
      ledger.record(points);
      // A VM that is deleted already has been seen when its last point was made.
      points.forEach(
          point ->
              sightings.seen(
                  point.vm().site(), Map.of(point.vm().vm(), point.vmName()), point.since()));
      unlisted = points.isEmpty() ? List.of() : ledger.unlisted(BATCH);
    }
    for (RestorePointId id : ledger.lost()) {
      ledger.end(id, clock.instant());
      LOG.info("ledger point={} ended: the catalog does not have it any more", id);
    }
  }

  static KeptPoint kept(RestorePoint point) {
    VmId vm = point.settings().id();
    return new KeptPoint(
        point.id(),
        new VmRef(point.site(), vm),
        point.settings().name(),
        point.policy(),
        point.run(),
        point.time(),
        point.lifetime(),
        ByteCount.ofBytes(point.disks().stream().mapToLong(d -> d.size().bytes()).sum()),
        ByteCount.ofBytes(point.disks().stream().mapToLong(d -> d.stored().bytes()).sum()));
  }
}
