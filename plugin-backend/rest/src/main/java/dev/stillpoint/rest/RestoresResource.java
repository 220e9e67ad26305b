package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
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
import java.util.Map;
import java.util.Optional;

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
    RestoreRequest request = request(point, sent);
    PointAccess.require(
        request.mode() == RestoreRequest.Mode.IN_PLACE ? Right.RESTORE : Right.RESTORE_AS_NEW,
        point,
        access);
    if (request.chosen().permissions()) {
      access.requireAdministrator(point.site());
    }
    RestorePlan plan = restores.plan(request);
    if (sent.dryRun()) {
      return Response.ok(RestorePlanDto.of(plan)).build();
    }
    plan.throwIfRefused();
    return Response.accepted(RunDto.of(queue.submit(point.site(), request))).build();
  }

  private static RestoreRequest request(RestorePoint point, RestoreRequestDto sent) {
    RestoreRequest.Mode mode = mode(Require.present(sent.mode(), "mode"));
    String name =
        switch (mode) {
          case IN_PLACE -> point.settings().name();
          case NEW_VM -> Require.present(sent.name().orElse(null), "name");
        };
    return new RestoreRequest(
        point.id(),
        mode,
        name,
        sent.cluster(),
        sent.storage(),
        sent.keepMacs(),
        sent.connectNics(),
        sent.keepOldDisks(),
        Optional.of(
                new RestoreRequest.Choices(
                    sent.networks().orElse(Map.of()), sent.permissions().orElse(false)))
            .filter(choices -> !choices.equals(RestoreRequest.Choices.NONE)));
  }

  private static RestoreRequest.Mode mode(String mode) {
    return switch (mode) {
      case "in-place" -> RestoreRequest.Mode.IN_PLACE;
      case "new-vm" -> RestoreRequest.Mode.NEW_VM;
      default ->
          throw new StillpointException(
              ErrorKind.BAD_REQUEST,
              "There is no restore mode '" + mode + "'",
              "Modes: in-place, new-vm");
    };
  }
}
