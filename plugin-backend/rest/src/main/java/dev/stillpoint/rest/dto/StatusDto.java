package dev.stillpoint.rest.dto;

import dev.stillpoint.health.HealthPart;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the server is. */
public record StatusDto(
    String version,
    @Words(of = HealthPart.State.class) String status,
    List<PartDto> parts,
    RepositoryDto repository,
    QueueDto queue,
    int leftovers) {

  /** How a part of it is. */
  public record PartDto(
      String name, @Words(of = HealthPart.State.class) String status, String reason) {

    public static PartDto of(HealthPart part) {
      return new PartDto(part.name(), part.state().name().toLowerCase(Locale.ROOT), part.reason());
    }
  }

  /** The queue of runs. */
  public record QueueDto(Optional<String> running, int waiting) {}
}
