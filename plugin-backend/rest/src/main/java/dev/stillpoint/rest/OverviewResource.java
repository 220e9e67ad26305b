package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.job.Problem;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.protection.Protection;
import dev.stillpoint.protection.VmProtection;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.dto.OverviewDto;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.Figures;
import dev.stillpoint.upkeep.VmFigures;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /overview}: what an administrator wants to know first. */
@Path("overview")
@Produces(MediaType.APPLICATION_JSON)
public final class OverviewResource {

  private final Sites sites;
  private final Protection protection;
  private final Figures figures;
  private final Repository repository;

  public OverviewResource(
      Sites sites, Protection protection, Figures figures, Repository repository) {
    this.sites = sites;
    this.protection = protection;
    this.figures = figures;
    this.repository = repository;
  }

  /**
   * What an administrator wants to know first.
   *
   * <p>A site that does not answer is named with the reason; the others are counted all the same.
   */
  @GET
  public OverviewDto get(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    Map<VmRef, VmFigures> ofVms = figures.ofVms();
    List<OverviewDto.SiteDto> counted = new ArrayList<>();
    for (Site site : sites.all()) {
      if (access.sees(site.id())) {
        counted.add(count(site, ofVms));
      }
    }
    return OverviewDto.of(
        counted, repository.space(), figures.forecast(), ofVms, vm -> access.sees(vm.site()));
  }

  private OverviewDto.SiteDto count(Site site, Map<VmRef, VmFigures> ofVms) {
    try {
      List<VmProtection> vms = protection.of(site.id(), ofVms);
      return OverviewDto.SiteDto.of(site, vms);
    } catch (StillpointException e) {
      return OverviewDto.SiteDto.unknown(site, Problem.of(e));
    }
  }
}
