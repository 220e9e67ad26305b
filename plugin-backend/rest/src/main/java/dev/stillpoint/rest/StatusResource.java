package dev.stillpoint.rest;

import dev.stillpoint.health.Health;
import dev.stillpoint.job.Janitor;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.RunState;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.dto.HealthDto;
import dev.stillpoint.rest.dto.RepositoryDto;
import dev.stillpoint.rest.dto.StatusDto;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** {@code /status}: how the server is. */
@Path("status")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {

  private final String version;
  private final java.nio.file.Path directory;
  private final Repository repository;
  private final RunQueue queue;
  private final Janitor janitor;
  private final Health health;

  /**
   * @param directory the repository's, for people
   */
  public StatusResource(
      String version,
      java.nio.file.Path directory,
      Repository repository,
      RunQueue queue,
      Janitor janitor,
      Health health) {
    this.health = health;
    this.version = version;
    this.directory = directory;
    this.repository = repository;
    this.queue = queue;
    this.janitor = janitor;
  }

  /** How the server is. */
  @GET
  public StatusDto status() {
    List<Run> unfinished = queue.unfinished();
    Optional<String> running =
        unfinished.stream()
            .filter(run -> run.state() == RunState.RUNNING)
            .map(run -> run.id().value())
            .findFirst();
    long waiting = unfinished.stream().filter(run -> run.state() == RunState.QUEUED).count();
    return new StatusDto(
        version,
        HealthDto.of(health.state()).status(),
        health.parts().stream().map(StatusDto.PartDto::of).toList(),
        RepositoryDto.of(directory.toString(), repository.space(), repository.findings()),
        new StatusDto.QueueDto(running, (int) waiting),
        janitor.ours().size());
  }
}
