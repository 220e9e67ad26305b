package dev.stillpoint.site;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Knows the sites and holds one session with each that was asked for. Thread-safe. */
public final class Sites implements AutoCloseable {

  private final SiteStore store;
  private final SecretStore secrets;
  private final Map<String, SiteConnector> connectors;
  private final SiteTimeouts timeouts;
  private final Map<SiteId, SiteSession> sessions = new HashMap<>();

  /**
   * @param connectors at most one of a kind
   */
  public Sites(
      SiteStore store, SecretStore secrets, List<SiteConnector> connectors, SiteTimeouts timeouts) {
    this.store = store;
    this.secrets = secrets;
    this.connectors =
        connectors.stream().collect(Collectors.toUnmodifiableMap(SiteConnector::kind, c -> c));
    this.timeouts = timeouts;
  }

  public List<Site> all() {
    return store.all();
  }

  /**
   * Finds a site by its id or its name.
   *
   * @throws StillpointException NOT_FOUND
   */
  public Site require(String idOrName) {
    return store.all().stream()
        .filter(s -> s.id().value().equals(idOrName) || s.name().equals(idOrName))
        .findFirst()
        .orElseThrow(() -> unknown(idOrName));
  }

  private static StillpointException unknown(String idOrName) {
    return new StillpointException(
        ErrorKind.NOT_FOUND,
        "There is no site " + idOrName,
        "Look for it in the list of sites.",
        Place.SITES);
  }

  /**
   * Logs in, then keeps the site: one that cannot be reached or entered is not kept.
   *
   * <p>A manager that tells its identity lends it to its site as the id. Set up anew, at another
   * address or after the loss of our database, it is the same site and has its restore points.
   *
   * @return the site as it is kept
   * @throws StillpointException CONFLICT when the name is taken, or that manager is a site already
   */
  public Site add(Site wanted, Password password) {
    if (store.all().stream().anyMatch(s -> s.name().equals(wanted.name()))) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "There is a site named " + wanted.name() + " already",
          "Choose another name, or remove that site first.");
    }
    try (SiteSession session = connector(wanted).connect(wanted.address(), password, timeouts)) {
      String instance = session.info().instance();
      Site site = instance.isEmpty() ? wanted : wanted.withId(new SiteId(instance));
      Optional<Site> same = store.find(site.id());
      if (same.isPresent()) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            "That manager is set up already, as site " + same.get().name(),
            "Use that site, or remove it first.");
      }
      secrets.put(site.id(), password);
      store.insert(site);
      return site;
    }
  }

  /** What may be backed up at a site at most. */
  public SiteLimits limits(SiteId id) {
    return store.limits(id);
  }

  public void limit(SiteId id, SiteLimits limits) {
    store.limit(id, limits);
  }

  public void remove(SiteId id) {
    store.delete(id);
    secrets.delete(id);
    SiteSession session;
    synchronized (sessions) {
      session = sessions.remove(id);
    }
    if (session != null) {
      session.close();
    }
  }

  /** The session with a site, opened if need be. It belongs to this object: do not close it. */
  public SiteSession session(SiteId id) {
    synchronized (sessions) {
      SiteSession open = sessions.get(id);
      if (open != null) {
        return open;
      }
    }
    // Outside the lock: a manager that does not answer must not hold up the others.
    Site site = store.find(id).orElseThrow(() -> unknown(id.value()));
    SiteSession opened = open(site);
    synchronized (sessions) {
      if (!store.find(id).equals(Optional.of(site))) {
        // Removed meanwhile: kept, this session would be that of the site set up next.
        opened.close();
        throw unknown(id.value());
      }
      SiteSession first = sessions.putIfAbsent(id, opened);
      if (first == null) {
        return opened;
      }
      opened.close();
      return first;
    }
  }

  private SiteSession open(Site site) {
    Password password =
        secrets
            .find(site.id())
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "The password of site " + site.name() + " is not in the secret store",
                        "Remove the site and add it again."));
    try (password) {
      return connector(site).connect(site.address(), password, timeouts);
    }
  }

  private SiteConnector connector(Site site) {
    SiteConnector connector = connectors.get(site.kind());
    if (connector == null) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "No adapter for a site of kind " + site.kind(),
          "Kinds that are installed: " + String.join(", ", connectors.keySet()));
    }
    return connector;
  }

  @Override
  public void close() {
    synchronized (sessions) {
      sessions.values().forEach(SiteSession::close);
      sessions.clear();
    }
  }
}
