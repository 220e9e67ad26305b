package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.PointDto;
import dev.stillpoint.rest.dto.VerifyDto;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /points}: what can be given back. */
@Path("points")
@Produces(MediaType.APPLICATION_JSON)
public final class PointsResource {

  private final Catalog catalog;
  private final Repository repository;
  private final Sites sites;

  public PointsResource(Catalog catalog, Repository repository, Sites sites) {
    this.catalog = catalog;
    this.repository = repository;
    this.sites = sites;
  }

  @GET
  public ItemsDto<PointDto> list(
      @QueryParam("site") String site,
      @QueryParam("vm") String vm,
      @QueryParam("limit") @DefaultValue("200") int limit,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Optional<SiteId> siteId =
        Optional.ofNullable(site).map(sites::require).map(Site::id).or(access::site);
    PointFilter filter = new PointFilter(siteId, Optional.ofNullable(vm), limit);
    return new ItemsDto<>(list(filter, access).stream().map(PointDto::line).toList());
  }

  /** Whose eyes are bound is shown the newest points of his VMs, not those among the newest. */
  private List<RestorePoint> list(PointFilter filter, Access access) {
    Optional<Set<VmId>> bound = access.vms();
    if (bound.isEmpty() || filter.vm().isPresent()) {
      return catalog.list(filter).stream()
          .filter(point -> access.sees(point.site(), point.settings().id()))
          .toList();
    }
    return bound.get().stream()
        .flatMap(
            vm ->
                catalog
                    .list(new PointFilter(filter.site(), Optional.of(vm.value()), filter.limit()))
                    .stream())
        .filter(point -> access.sees(point.site(), point.settings().id()))
        .sorted(Comparator.comparing(RestorePoint::time).reversed())
        .limit(filter.limit())
        .toList();
  }

  @GET
  @Path("{point}")
  public PointDto get(@PathParam("point") String id, @Context SecurityContext security) {
    return PointDto.whole(PointAccess.seen(catalog, id, AccessContext.of(security)));
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
