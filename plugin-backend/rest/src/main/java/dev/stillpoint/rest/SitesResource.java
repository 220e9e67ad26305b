package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.load.VmLoad;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NewSiteDto;
import dev.stillpoint.rest.dto.SiteDto;
import dev.stillpoint.rest.dto.SiteInfoDto;
import dev.stillpoint.rest.dto.TargetsDto;
import dev.stillpoint.rest.dto.VmDto;
import dev.stillpoint.rest.dto.VmSettingsDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /sites}: the managers we work with, and their VMs. */
@Path("sites")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SitesResource {

  private final Sites sites;
  private final PolicyStore policies;
  private final RunQueue queue;
  private final Supplier<UUID> ids;
  private final VmFinder vms;
  private final LoadWatch loads;

  public SitesResource(
      Sites sites, PolicyStore policies, RunQueue queue, LoadWatch loads, Supplier<UUID> ids) {
    this.sites = sites;
    this.policies = policies;
    this.queue = queue;
    this.ids = ids;
    this.vms = new VmFinder(sites);
    this.loads = loads;
  }

  /** The sites that the caller knows. */
  @GET
  public ItemsDto<SiteDto> list(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    return new ItemsDto<>(
        sites.all().stream().filter(s -> access.sees(s.id())).map(SiteDto::of).toList());
  }

  /** Sets a site up; logs in there before it is kept. */
  @POST
  @Answer(status = 201, body = SiteDto.class, when = "it was set up")
  public Response add(NewSiteDto dto) {
    NewSiteDto sent = Require.present(dto, "body");
    char[] characters = Require.present(sent.password(), "password");
    Site wanted =
        new Site(
            new SiteId(ids.get().toString()),
            Require.present(sent.name(), "name"),
            Require.present(sent.kind(), "kind"),
            new SiteAddress(
                uri(Require.present(sent.url(), "url")),
                Require.present(sent.username(), "username"),
                sent.trustedCertificates().orElse("")));
    try (Password password = new Password(characters)) {
      Site site = sites.add(wanted, password);
      return Response.status(Response.Status.CREATED).entity(SiteDto.of(site)).build();
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** A site. */
  @GET
  @Path("{site}")
  public SiteDto get(@PathParam("site") String site, @Context SecurityContext security) {
    return SiteDto.of(seen(site, AccessContext.of(security)));
  }

  /** Forgets a site; refused while policies or runs use it. */
  @DELETE
  @Path("{site}")
  public void remove(@PathParam("site") String idOrName) {
    Site site = sites.require(idOrName);
    boolean used =
        policies.all().stream().anyMatch(policy -> policy.site().equals(site.id()))
            || queue.unfinished().stream().anyMatch(run -> run.site().equals(site.id()));
    if (used) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Site " + site.name() + " is used by policies or runs",
          "Remove its policies and let its runs end first.");
    }
    sites.remove(site.id());
  }

  /** Asks the manager who it is, and what our account there may not do. */
  @GET
  @Path("{site}/check")
  public SiteInfoDto check(@PathParam("site") String idOrName, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Site site = seen(idOrName, access);
    access.requireAdministrator(site.id());
    SiteSession session = sites.session(site.id());
    return SiteInfoDto.of(session.info(), session.callers().missingPermits());
  }

  /**
   * Where VMs can be restored to, as the manager tells now. For administrators of the site: others
   * may not see all of it there.
   */
  @GET
  @Path("{site}/targets")
  public TargetsDto targets(@PathParam("site") String idOrName, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Site site = seen(idOrName, access);
    access.requireAdministrator(site.id());
    return TargetsDto.of(sites.session(site.id()).inventory());
  }

  private Site seen(String idOrName, Access access) {
    Site site = sites.require(idOrName);
    if (!access.sees(site.id())) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no site " + idOrName + " for " + access.name(), "");
    }
    return site;
  }

  /**
   * The VMs of a site that the caller sees.
   *
   * @param withLoad with how busy they are
   * @param withPlacement with where they are and what they belong to
   */
  @GET
  @Path("{site}/vms")
  public ItemsDto<VmDto> vms(
      @PathParam("site") String site,
      @QueryParam("load") @DefaultValue("false") boolean withLoad,
      @QueryParam("placement") @DefaultValue("false") boolean withPlacement,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    SiteId id = seen(site, access).id();
    Inventory inventory = sites.session(id).inventory();
    Map<VmId, VmLoad> busy = withLoad ? loads.read(id) : Map.of();
    Map<VmId, VmPlacement> places =
        withPlacement
            ? inventory.placements().stream()
                .collect(Collectors.toMap(VmPlacement::id, place -> place))
            : Map.of();
    return new ItemsDto<>(
        inventory.vms().stream()
            .filter(vm -> access.sees(id, vm.id()))
            .map(
                vm ->
                    VmDto.of(
                        vm,
                        Optional.ofNullable(busy.get(vm.id())),
                        Optional.ofNullable(places.get(vm.id()))))
            .toList());
  }

  /** A VM without its data, as the manager tells now. */
  @GET
  @Path("{site}/vms/{vm}")
  public VmSettingsDto vm(
      @PathParam("site") String idOrName,
      @PathParam("vm") String wanted,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Site site = seen(idOrName, access);
    VmId vm = vms.one(site, wanted, access).id();
    VmSettings settings =
        sites
            .session(site.id())
            .inventory()
            .settings(vm)
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND, "VM " + wanted + " was just removed", ""));
    return VmSettingsDto.of(settings);
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException ignored) {
      // Answered below, like an address that lacks a host.
    }
    throw new StillpointException(
        ErrorKind.BAD_REQUEST,
        "'" + url + "' is not the address of a manager",
        "For oVirt it looks like https://engine.example/ovirt-engine/api");
  }
}
