package dev.stillpoint.rest;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.rest.dto.LimitsDto;
import dev.stillpoint.site.SiteLimits;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /sites/…/limits}: what may be backed up there at most. */
@Path("sites/{site}/limits")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SiteLimitsResource {

  private final Sites sites;

  public SiteLimitsResource(Sites sites) {
    this.sites = sites;
  }

  /** What may be backed up at a site at most. */
  @GET
  public LimitsDto get(@PathParam("site") String idOrName, @Context SecurityContext security) {
    SiteId site = sites.require(idOrName).id();
    AccessContext.of(security).requireAdministrator(site);
    return dto(sites.limits(site));
  }

  /** Limits what may be backed up at a site; what is left out has no limit. */
  @PUT
  public LimitsDto set(@PathParam("site") String idOrName, LimitsDto dto) {
    LimitsDto sent = Require.present(dto, "body");
    SiteId site = sites.require(idOrName).id();
    sites.limit(
        site,
        new SiteLimits(
            sent.vmTotalBytes().map(ByteCount::ofBytes),
            sent.runDataBytes().map(ByteCount::ofBytes)));
    return dto(sites.limits(site));
  }

  private static LimitsDto dto(SiteLimits limits) {
    return new LimitsDto(
        limits.vmTotal().map(ByteCount::bytes), limits.runData().map(ByteCount::bytes));
  }
}
