package dev.stillpoint.rest;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
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
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

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
      @QueryParam("limit") @DefaultValue("200") int limit) {
    Optional<SiteId> siteId = Optional.ofNullable(site).map(sites::require).map(Site::id);
    PointFilter filter = new PointFilter(siteId, Optional.ofNullable(vm), limit);
    return new ItemsDto<>(catalog.list(filter).stream().map(PointDto::line).toList());
  }

  @GET
  @Path("{point}")
  public PointDto get(@PathParam("point") String id) {
    return PointDto.whole(require(id));
  }

  /** Re-reads every chunk of the point; answers when it is done. */
  @POST
  @Path("{point}/verify")
  @Consumes(MediaType.WILDCARD)
  public VerifyDto verify(@PathParam("point") String id) {
    return VerifyDto.of(repository.verify(require(id).id(), new Cancellation()));
  }

  private RestorePoint require(String id) {
    return catalog
        .find(new RestorePointId(id))
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no restore point " + id,
                    "List them with: stillpoint points list"));
  }
}
