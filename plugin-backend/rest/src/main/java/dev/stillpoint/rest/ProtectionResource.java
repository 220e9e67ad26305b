package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.protection.Protection;
import dev.stillpoint.protection.VmProtection;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.ProtectionDto;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.Figures;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;

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
   * How the VMs of a site are protected, and what their points come to.
   *
   * <p>Only VMs that the caller sees. Whoever does not administer the site is not told the
   * policies: they may be about other people's VMs.
   */
  @GET
  public ItemsDto<ProtectionDto> list(
      @PathParam("site") String idOrName, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Site site = sites.require(idOrName);
    if (!access.sees(site.id())) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no site " + idOrName + " for " + access.name(), "");
    }
    boolean bound = access.vms().isPresent();
    return new ItemsDto<>(
        protection.of(site.id(), figures.ofVms()).stream()
            .filter(vm -> access.sees(vm.vm().site(), vm.vm().vm()))
            .map(vm -> line(vm, access.rights(vm.vm().site(), vm.vm().vm()), bound))
            .toList());
  }

  private static ProtectionDto line(VmProtection vm, Set<Right> rights, boolean bound) {
    return bound ? ProtectionDto.withoutPolicies(vm, rights) : ProtectionDto.of(vm, rights);
  }
}
