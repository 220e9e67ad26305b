package dev.stillpoint.rest.dto;

import dev.stillpoint.health.HealthPart;
import dev.stillpoint.rest.openapi.Words;
import java.util.Locale;

/** Whether the server can do its work. */
public record HealthDto(@Words(of = HealthPart.State.class) String status) {

  public static HealthDto of(HealthPart.State state) {
    return new HealthDto(state.name().toLowerCase(Locale.ROOT));
  }
}
