package dev.stillpoint.site;

import dev.stillpoint.model.SiteId;
import java.util.List;
import java.util.Optional;

/** Keeps sites. Thread-safe. */
public interface SiteStore {

  /** All sites, by name. */
  List<Site> all();

  Optional<Site> find(SiteId id);

  /**
   * Keeps a new site.
   *
   * @throws dev.stillpoint.model.StillpointException CONFLICT when the name is taken
   */
  void insert(Site site);

  /** What may be backed up at a site; {@link SiteLimits#NONE} where nothing was ever said. */
  SiteLimits limits(SiteId id);

  /** Keeps the limits of a site. */
  void limit(SiteId id, SiteLimits limits);

  /** Forgets a site and its limits; one that is not there is no error. */
  void delete(SiteId id);
}
