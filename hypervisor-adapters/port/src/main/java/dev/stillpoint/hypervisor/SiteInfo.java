package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/**
 * Who answers at a site's address.
 *
 * @param product for example {@code oVirt Engine}
 * @param version as the product writes it
 * @param instance an identity that stays when the address changes, a {@link
 *     dev.stillpoint.model.SiteId}'s value; empty where the product has none
 */
public record SiteInfo(String product, String version, String instance) {

  public SiteInfo {
    requireNonNull(product, "product");
    requireNonNull(version, "version");
    requireNonNull(instance, "instance");
  }
}
