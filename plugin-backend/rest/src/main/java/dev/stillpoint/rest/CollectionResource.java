package dev.stillpoint.rest;

import dev.stillpoint.rest.dto.CollectionDto;
import dev.stillpoint.rest.dto.NewCollectionDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.Collecting;
import dev.stillpoint.upkeep.Figures;
import dev.stillpoint.upkeep.Upkeep;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /repository/collection}: giving back the space that no point needs any more. */
@Path("repository/collection")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CollectionResource {

  private final Sites sites;
  private final Collecting collecting;
  private final Upkeep upkeep;
  private final Figures figures;

  public CollectionResource(Collecting collecting, Upkeep upkeep, Figures figures, Sites sites) {
    this.sites = sites;
    this.collecting = collecting;
    this.upkeep = upkeep;
    this.figures = figures;
  }

  /** Whether a collection runs, how the last one ended, and whether one would begin by itself. */
  @GET
  public CollectionDto get(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministrator();
    return state();
  }

  private CollectionDto state() {
    return CollectionDto.of(collecting.state(), upkeep.decide(), figures.asOf());
  }

  /** Begins one and answers at once. */
  @POST
  @Answer(status = 202, body = CollectionDto.class, when = "it has begun")
  public Response start(NewCollectionDto sent, @Context SecurityContext security) {
    AccessContext.of(security).requireAdministratorOfAll(sites);
    collecting.start("asked for", sent != null && sent.dryRun());
    return Response.accepted(state()).build();
  }

  /** Asks the one that runs to stop. */
  @DELETE
  @Consumes(MediaType.WILDCARD)
  @Answer(status = 202, body = CollectionDto.class, when = "it was asked to stop")
  public Response cancel(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministratorOfAll(sites);
    collecting.cancel();
    return Response.accepted(state()).build();
  }
}
