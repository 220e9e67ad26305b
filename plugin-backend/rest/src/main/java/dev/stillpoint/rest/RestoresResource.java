package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.rest.dto.RestorePlanDto;
import dev.stillpoint.rest.dto.RestoreRequestDto;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.restore.RestorePlan;
import dev.stillpoint.restore.RestoreRunner;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /restores}: giving a restore point back, or showing what that would do. */
@Path("restores")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RestoresResource {

  private final Catalog catalog;
  private final RunQueue queue;
  private final RestoreRunner restores;

  public RestoresResource(Catalog catalog, RunQueue queue, RestoreRunner restores) {
    this.catalog = catalog;
    this.queue = queue;
    this.restores = restores;
  }

  /**
   * Gives a restore point back, or says what that would do.
   *
   * <p>Refuses at once what the plan refuses; the run makes its plan again when its turn comes.
   */
  @POST
  @Answer(
      status = 200,
      body = RestorePlanDto.class,
      when = "the plan, where a dry run was asked for")
  @Answer(status = 202, body = RunDto.class, when = "it waits for its turn")
  public Response restore(RestoreRequestDto dto, @Context SecurityContext security) {
    RestoreRequestDto sent = Require.present(dto, "body");
    Access access = AccessContext.of(security);
    RestorePoint point = PointAccess.seen(catalog, Require.present(sent.point(), "point"), access);
    RestoreRequest request = RestoreWish.of(point, sent, access);
    RestorePlan plan = restores.plan(request);
    if (sent.dryRun()) {
      return Response.ok(RestorePlanDto.of(plan)).build();
    }
    plan.throwIfRefused();
    return Response.accepted(RunDto.of(queue.submit(point.site(), request))).build();
  }
}
