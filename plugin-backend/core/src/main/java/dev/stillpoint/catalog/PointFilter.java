package dev.stillpoint.catalog;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.SiteId;
import java.util.Optional;

/**
 * Which restore points to list.
 *
 * @param vm id or name of the VM
 * @param limit 1 to 10,000
 */
public record PointFilter(Optional<SiteId> site, Optional<String> vm, int limit) {

  public static final int MAX_LIMIT = 10_000;

  public PointFilter {
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A limit is between 1 and " + MAX_LIMIT + ": " + limit);
    }
  }
}
