package dev.stillpoint.rest;

import dev.stillpoint.job.QueueForecast;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.RunId;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.RunDto;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;

/** {@code /queue}: what runs and what waits, in its order. */
@Path("queue")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueResource {

  private final RunQueue queue;

  public QueueResource(RunQueue queue) {
    this.queue = queue;
  }

  /** What runs, then what waits, in its order. */
  @GET
  public ItemsDto<RunDto> list() {
    Map<RunId, QueueForecast.Position> places = queue.positions();
    return new ItemsDto<>(
        queue.unfinished().stream()
            .map(run -> RunDto.of(run, Optional.ofNullable(places.get(run.id()))))
            .toList());
  }
}
