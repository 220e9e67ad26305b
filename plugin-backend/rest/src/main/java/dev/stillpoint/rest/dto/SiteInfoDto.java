package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.SiteInfo;

/** Who answers at a site's address. */
public record SiteInfoDto(String product, String version, String instance) {

  public static SiteInfoDto of(SiteInfo info) {
    return new SiteInfoDto(info.product(), info.version(), info.instance());
  }
}
