package dev.stillpoint.site;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;

/**
 * A site as the administrator set it up; its password is kept apart, in the {@link SecretStore}.
 *
 * @param name unique, for people
 * @param kind which adapter speaks to it: {@code ovirt}
 */
public record Site(SiteId id, String name, String kind, SiteAddress address) {

  public Site {
    requireNonNull(id, "id");
    requireNonNull(kind, "kind");
    requireNonNull(address, "address");
    if (requireNonNull(name, "name").isBlank()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "A site needs a name", "Give it one that your colleagues know.");
    }
  }

  Site withId(SiteId other) {
    return new Site(other, name, kind, address);
  }
}
