package dev.stillpoint.rest.dto;

import java.util.List;
import java.util.Optional;

/** How the server is. */
public record StatusDto(String version, RepositoryDto repository, QueueDto queue, int leftovers) {

  /** The repository; its findings are sentences about files found damaged or missing. */
  public record RepositoryDto(
      String directory, int points, long packsBytes, long freeOnDiskBytes, List<String> findings) {}

  /** The queue of runs. */
  public record QueueDto(Optional<String> running, int waiting) {}
}
