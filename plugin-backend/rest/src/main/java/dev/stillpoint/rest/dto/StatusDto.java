package dev.stillpoint.rest.dto;

import java.util.Optional;

/** How the server is. */
public record StatusDto(String version, RepositoryDto repository, QueueDto queue, int leftovers) {

  /** The repository. */
  public record RepositoryDto(
      String directory, int points, long packsBytes, long freeOnDiskBytes) {}

  /** The queue of runs. */
  public record QueueDto(Optional<String> running, int waiting) {}
}
