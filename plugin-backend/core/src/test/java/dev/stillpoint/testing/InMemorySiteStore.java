package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.SiteLimits;
import dev.stillpoint.site.SiteStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site store that forgets everything at the end. */
public final class InMemorySiteStore implements SiteStore {

  private final Map<SiteId, Site> sites = new LinkedHashMap<>();
  private final Map<SiteId, SiteLimits> limits = new LinkedHashMap<>();

  @Override
  public synchronized List<Site> all() {
    return sites.values().stream()
        .sorted(comparing(Site::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Site::name))
        .toList();
  }

  @Override
  public synchronized Optional<Site> find(SiteId id) {
    return Optional.ofNullable(sites.get(id));
  }

  @Override
  public synchronized void insert(Site site) {
    for (Site other : sites.values()) {
      if (other.name().equals(site.name()) || other.id().equals(site.id())) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            "There is a site named " + other.name() + " already",
            "Choose another name, or remove that site first.");
      }
    }
    sites.put(site.id(), site);
  }

  @Override
  public synchronized void delete(SiteId id) {
    sites.remove(id);
    limits.remove(id);
  }

  @Override
  public synchronized SiteLimits limits(SiteId id) {
    return limits.getOrDefault(id, SiteLimits.NONE);
  }

  @Override
  public synchronized void limit(SiteId id, SiteLimits wanted) {
    limits.put(id, wanted);
  }
}
