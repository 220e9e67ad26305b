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

  /** Forgets a site; one that is not there is no error. */
  void delete(SiteId id);
}
