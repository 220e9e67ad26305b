package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A catalog whose new points are in the ledger at once. */
public final class LedgeredCatalog implements Catalog {

  private final Catalog catalog;
  private final PointLedger ledger;

  public LedgeredCatalog(Catalog catalog, PointLedger ledger) {
    this.catalog = requireNonNull(catalog, "catalog");
    this.ledger = requireNonNull(ledger, "ledger");
  }

  @Override
  public void add(RestorePoint point) {
    catalog.add(point);
    ledger.record(List.of(LedgerKeeper.kept(point)));
  }

  @Override
  public void remove(RestorePointId id) {
    catalog.remove(id);
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
