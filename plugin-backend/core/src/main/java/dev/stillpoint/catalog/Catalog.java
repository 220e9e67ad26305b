package dev.stillpoint.catalog;

import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps the list of restore points. Thread-safe. */
public interface Catalog {

  /** Adds a point; one that is there already is replaced. */
  void add(RestorePoint point);

  void remove(RestorePointId id);

  Optional<RestorePoint> find(RestorePointId id);

  Set<RestorePointId> ids();

  /** The point with the latest {@link RestorePoint#time()} of a VM. */
  Optional<RestorePoint> newest(SiteId site, VmId vm);

  /** The newest points first. */
  List<RestorePoint> list(PointFilter filter);
}
