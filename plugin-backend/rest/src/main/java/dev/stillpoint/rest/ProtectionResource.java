package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Cursor;
import dev.stillpoint.page.Page;
import dev.stillpoint.protection.Protection;
import dev.stillpoint.protection.ProtectionPage;
import dev.stillpoint.protection.VmProtection;
import dev.stillpoint.rest.dto.CountedPageDto;
import dev.stillpoint.rest.dto.ProtectionDto;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.Figures;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /sites/…/protection}: which VMs are protected by what, and what their points come to. */
@Path("sites/{site}/protection")
@Produces(MediaType.APPLICATION_JSON)
public final class ProtectionResource {

  private final Sites sites;
  private final Protection protection;
  private final Figures figures;

  public ProtectionResource(Sites sites, Protection protection, Figures figures) {
    this.sites = sites;
    this.protection = protection;
    this.figures = figures;
  }

  /**
   * How the VMs of a site are protected, and what their points come to, page by page.
   *
   * <p>Only VMs that the caller sees. Whoever does not administer the site is not told the
   * policies: they may be about other people's VMs. What the manager says is some seconds old.
   */
  @GET
  public CountedPageDto<ProtectionDto> list(
      @PathParam("site") String idOrName,
      @BeanParam ProtectionParameters parameters,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Site site = seen(idOrName, access);
    ProtectionPage found =
        ProtectionPage.of(ofSite(site, access), parameters.conditions(), parameters.slice());
    Page<ProtectionDto> page = told(site, found.page(), access);
    return new CountedPageDto<>(page.items(), page.next().map(Cursor::text), found.total());
  }

  /** How one VM of a site is protected, and what its points come to; also when it is gone. */
  @GET
  @Path("{vm}")
  public ProtectionDto one(
      @PathParam("site") String idOrName,
      @PathParam("vm") String vm,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Site site = seen(idOrName, access);
    List<VmProtection> all = ofSite(site, access);
    VmProtection found =
        all.stream()
            .filter(one -> one.vm().vm().value().equals(vm))
            .findFirst()
            .or(() -> all.stream().filter(one -> one.name().equals(vm)).findFirst())
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "There is no VM " + vm + " at site " + site.name(),
                        "It may have been removed, and its points too."));
    return told(site, new Page<>(List.of(found), Optional.empty()), access).items().get(0);
  }

  private Site seen(String idOrName, Access access) {
    Site site = sites.require(idOrName);
    if (!access.sees(site.id())) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no site " + idOrName + " for " + access.name(), "");
    }
    return site;
  }

  private List<VmProtection> ofSite(Site site, Access access) {
    return protection.of(site.id(), figures.ofVms()).stream()
        .filter(vm -> access.sees(vm.vm().site(), vm.vm().vm()))
        .toList();
  }

  private Page<ProtectionDto> told(Site site, Page<VmProtection> page, Access access) {
    boolean bound = access.vms().isPresent();
    Map<VmId, String> clusters = protection.clusters(site.id());
    Map<VmId, Long> growth =
        figures.growth(page.items().stream().map(one -> one.vm().vm()).collect(Collectors.toSet()));
    return page.map(
        one -> {
          VmId vm = one.vm().vm();
          ProtectionDto.Beside beside =
              new ProtectionDto.Beside(
                  Optional.ofNullable(clusters.get(vm)),
                  Optional.ofNullable(growth.get(vm)),
                  access.rights(site.id(), vm));
          return bound ? ProtectionDto.withoutPolicies(one, beside) : ProtectionDto.of(one, beside);
        });
  }
}
