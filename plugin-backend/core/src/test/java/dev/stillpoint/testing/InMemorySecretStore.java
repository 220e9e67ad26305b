package dev.stillpoint.testing;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.site.SecretStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A secret store that encrypts nothing and forgets everything at the end. */
public final class InMemorySecretStore implements SecretStore {

  private final Map<SiteId, Password> passwords = new HashMap<>();

  @Override
  public synchronized Optional<Password> find(SiteId site) {
    return Optional.ofNullable(passwords.get(site)).map(InMemorySecretStore::copy);
  }

  @Override
  public synchronized void put(SiteId site, Password password) {
    passwords.put(site, copy(password));
  }

  @Override
  public synchronized void delete(SiteId site) {
    passwords.remove(site);
  }

  private static Password copy(Password password) {
    return password.use(Password::new);
  }
}
