package dev.stillpoint.rest;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.event.Changes;
import dev.stillpoint.rest.dto.EventsDto;
import dev.stillpoint.rest.openapi.Answer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.function.Function;

/** {@code /events}: what changes while one looks on. */
@Path("events")
public final class EventsResource {

  private final Changes changes;
  private final EventFilter filter;
  private final Function<Object, String> json;

  /**
   * @param directory the repository's, for people
   * @param json writes as the API does, in one line
   */
  public EventsResource(
      Changes changes,
      Catalog catalog,
      java.nio.file.Path directory,
      Function<Object, String> json) {
    this.changes = changes;
    this.filter = new EventFilter(new RunSight(catalog), directory.toString());
    this.json = json;
  }

  /** Whether one may listen; without this a HEAD would be answered like a GET, and never end. */
  @HEAD
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Answer(status = 200, body = void.class, when = "one may")
  public Response ask() {
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
  }

  /**
   * What changes, as server-sent events, until the caller goes.
   *
   * <p>First how everything is, then whatever is not as it was. Nobody gets a backlog: who reads
   * slowly gets the newest state of each thing. A comment comes every 15 seconds. What happened
   * between two connections is not told: ask the lists after each. It ends when the server stops,
   * and within a minute after the caller's token has expired.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Answer(
      status = 200,
      body = EventsDto.class,
      when = "events, each with a name (`run`, `queue`, `points`, `repository`) and its data")
  public Response listen(@Context SecurityContext security) {
    // Asked here, so that one who is too many is told so with a status; begun when it is sent.
    changes.requireRoom();
    StreamingOutput stream =
        new EventStream(changes, AccessContext.renewal(security), filter, json);
    return Response.ok(stream)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }
}
