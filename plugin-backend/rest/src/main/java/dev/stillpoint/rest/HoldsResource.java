package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.rest.dto.HoldDto;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NewHoldDto;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.upkeep.Holds;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /holds}: points that are kept whatever the plan says, each found by its point's id. */
@Path("holds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class HoldsResource {

  private final Holds holds;
  private final Catalog catalog;

  public HoldsResource(Holds holds, Catalog catalog) {
    this.holds = holds;
    this.catalog = catalog;
  }

  /** What is held of the points that the caller sees. */
  @GET
  public ItemsDto<HoldDto> list(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    return new ItemsDto<>(
        holds.all().stream()
            .filter(hold -> access.isServer() || sees(access, hold))
            .map(HoldDto::of)
            .toList());
  }

  private boolean sees(Access access, Hold hold) {
    return catalog
        .find(hold.point())
        .filter(point -> access.sees(point.site(), point.settings().id()))
        .isPresent();
  }

  /** Keeps a point whatever the plan says. */
  @PUT
  @Path("{point}")
  public HoldDto place(
      @PathParam("point") String id, NewHoldDto sent, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    RestorePoint point = PointAccess.seen(catalog, id, access);
    access.requireAdministrator(point.site());
    return HoldDto.of(
        holds.place(
            point.id(),
            Require.present(sent, "body").until(),
            Require.present(sent.reason(), "reason"),
            access.name()));
  }

  /** Leaves a point to the plan again. */
  @DELETE
  @Path("{point}")
  public void release(@PathParam("point") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    if (!access.isServer()) {
      access.requireAdministrator(PointAccess.seen(catalog, id, access).site());
    }
    holds.release(new RestorePointId(id));
  }
}
