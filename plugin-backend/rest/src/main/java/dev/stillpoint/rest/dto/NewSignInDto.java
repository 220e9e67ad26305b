package dev.stillpoint.rest.dto;

import java.util.Arrays;
import java.util.Objects;

/**
 * Somebody who wants to sign in at a manager. His password never prints itself.
 *
 * @param site name or id
 * @param user as the manager writes it, like {@code name@internal}
 */
@SuppressWarnings("ArrayRecordComponent") // Characters, so that they can be wiped.
public record NewSignInDto(String site, String user, char[] password) {

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Objects.hash(site, user, Arrays.hashCode(password));
  }

  @Override
  public String toString() {
    return "NewSignIn[site=" + site + ", user=" + user + "]";
  }
}
