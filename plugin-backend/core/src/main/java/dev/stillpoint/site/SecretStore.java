package dev.stillpoint.site;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.SiteId;
import java.util.Optional;

/** Keeps the passwords of service accounts, encrypted at rest. Thread-safe. */
public interface SecretStore {

  /** The password of a site; the caller closes it. */
  Optional<Password> find(SiteId site);

  /** Keeps or replaces the password of a site. */
  void put(SiteId site, Password password);

  void delete(SiteId site);
}
