package dev.stillpoint.rest.dto;

import dev.stillpoint.site.Site;

/** A site, without its password. */
public record SiteDto(String id, String name, String kind, String url, String username) {

  public static SiteDto of(Site site) {
    return new SiteDto(
        site.id().value(),
        site.name(),
        site.kind(),
        site.address().url().toString(),
        site.address().username());
  }
}
