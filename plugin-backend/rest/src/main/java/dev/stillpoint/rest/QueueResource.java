package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.job.QueueForecast;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.RunId;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.RunDto;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;

/** {@code /queue}: what runs and what waits, in its order. */
@Path("queue")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueResource {

  private final RunQueue queue;
  private final RunSight sight;

  public QueueResource(RunQueue queue, Catalog catalog) {
    this.queue = queue;
    this.sight = new RunSight(catalog);
  }

  /** What runs, then what waits, in its order. */
  @GET
  public ItemsDto<RunDto> list(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    Map<RunId, QueueForecast.Position> places = queue.positions();
    return new ItemsDto<>(
        queue.unfinished().stream()
            .filter(run -> sight.sees(access, run))
            .map(
                run ->
                    RunDto.queued(
                        run, Optional.ofNullable(places.get(run.id())), queue.isCancelling(run)))
            .toList());
  }
}
