package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointConditions;
import dev.stillpoint.catalog.PointList;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.dto.PageDto;
import dev.stillpoint.rest.dto.PointDto;
import dev.stillpoint.rest.dto.PointLineDto;
import dev.stillpoint.rest.dto.VerifyDto;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /points}: what can be given back. */
@Path("points")
@Produces(MediaType.APPLICATION_JSON)
public final class PointsResource {

  private final Catalog catalog;
  private final Repository repository;
  private final PointList points;
  private final Sites sites;
  private final PolicyStore policies;

  public PointsResource(
      Catalog catalog, PointList points, Repository repository, Sites sites, PolicyStore policies) {
    this.catalog = catalog;
    this.points = points;
    this.repository = repository;
    this.sites = sites;
    this.policies = policies;
  }

  /**
   * A list of restore points, page by page.
   *
   * <p>Somebody of a manager is shown the points of the VMs he sees.
   */
  @GET
  public PageDto<PointLineDto> list(
      @BeanParam PointParameters parameters, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    PointConditions conditions = parameters.conditions(sites, policies, access);
    return PageDto.of(
        points
            .page(conditions, parameters.slice())
            .map(line -> PointLineDto.of(line, access.rights(line.site(), line.vm()))));
  }

  /** A restore point with the settings of its VM. */
  @GET
  @Path("{point}")
  public PointDto get(@PathParam("point") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    RestorePoint point = PointAccess.seen(catalog, id, access);
    return PointDto.whole(point, access.rights(point.site(), point.settings().id()));
  }

  /** Re-reads every chunk of the point; answers when it is done. */
  @POST
  @Path("{point}/verify")
  @Consumes(MediaType.WILDCARD)
  public VerifyDto verify(@PathParam("point") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    RestorePoint point = PointAccess.seen(catalog, id, access);
    PointAccess.require(Right.READ_DATA, point, access);
    return VerifyDto.of(repository.verify(point.id(), new Cancellation()));
  }
}
