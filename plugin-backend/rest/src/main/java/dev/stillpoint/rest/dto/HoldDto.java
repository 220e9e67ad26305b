package dev.stillpoint.rest.dto;

import dev.stillpoint.retention.Hold;
import java.time.Instant;
import java.util.Optional;

/** A point that is kept whatever the plan says. */
public record HoldDto(
    String point, Optional<Instant> until, String reason, String who, Instant since) {

  public static HoldDto of(Hold hold) {
    return new HoldDto(hold.point().value(), hold.until(), hold.reason(), hold.who(), hold.since());
  }
}
