package dev.stillpoint.rest.dto;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who has signed in. His token never prints itself.
 *
 * @param token for {@code Authorization: Bearer}, with {@code site} in {@code Stillpoint-Site}
 * @param user as the manager names him
 * @param site its id
 * @param administrator sees everything of the site
 * @param validUntil where the manager says so; a token that is not used may end before
 */
public record SignedInDto(
    String token, String user, String site, boolean administrator, Optional<Instant> validUntil) {

  @Override
  public String toString() {
    return "SignedIn[user=" + user + ", site=" + site + "]";
  }
}
