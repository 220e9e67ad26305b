package dev.stillpoint.rest.dto;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A site to be set up. Its password never prints itself. */
@SuppressWarnings("ArrayRecordComponent") // Characters, so that they can be wiped.
public record NewSiteDto(
    String name,
    String kind,
    String url,
    String username,
    char[] password,
    Optional<String> trustedCertificates) {

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, kind, url, username, Arrays.hashCode(password));
  }

  @Override
  public String toString() {
    return "NewSite[name=" + name + ", kind=" + kind + ", url=" + url + "]";
  }
}
