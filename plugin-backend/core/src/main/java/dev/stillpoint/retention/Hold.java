package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody wants a point kept whatever the plan says.
 *
 * @param until empty: until it is released
 * @param who placed it
 */
public record Hold(
    RestorePointId point, Optional<Instant> until, String reason, String who, Instant since) {

  public Hold {
    requireNonNull(point, "point");
    requireNonNull(until, "until");
    requireNonNull(reason, "reason");
    requireNonNull(who, "who");
    requireNonNull(since, "since");
    if (reason.isBlank()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A hold needs a reason",
          "Say why the point must be kept: others will wonder.");
    }
  }

  public boolean holdsAt(Instant now) {
    return until.isEmpty() || until.get().isAfter(now);
  }
}
