package dev.stillpoint.rest.dto;

import java.util.Optional;

/** How the server is. */
public record StatusDto(String version, RepositoryDto repository, QueueDto queue, int leftovers) {

  /** The queue of runs. */
  public record QueueDto(Optional<String> running, int waiting) {}
}
