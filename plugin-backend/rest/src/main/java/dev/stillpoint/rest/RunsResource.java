package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.dto.GroupDto;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NewRunDto;
import dev.stillpoint.rest.dto.RunDto;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;

/** {@code /runs}: backups and restores, waiting, running and past. */
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RunsResource {

  private static final int MAX_LIMIT = 1000;
  private static final VmId NOBODYS = new VmId("-");

  private final RunQueue queue;
  private final Sites sites;
  private final VmFinder vms;
  private final Catalog catalog;

  public RunsResource(RunQueue queue, Sites sites, Catalog catalog) {
    this.queue = queue;
    this.sites = sites;
    this.vms = new VmFinder(sites);
    this.catalog = catalog;
  }

  @GET
  public ItemsDto<RunDto> list(
      @QueryParam("limit") @DefaultValue("50") int limit, @Context SecurityContext security) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "A limit is between 1 and " + MAX_LIMIT + ": " + limit, "");
    }
    Access access = AccessContext.of(security);
    List<Run> newest =
        access.isServer()
            ? queue.newest(limit)
            : queue.newest(MAX_LIMIT).stream()
                .filter(run -> sees(access, run))
                .limit(limit)
                .toList();
    return new ItemsDto<>(newest.stream().map(RunDto::of).toList());
  }

  /** A run names all its VMs, so only who sees them all is shown it. */
  private boolean sees(Access access, Run run) {
    return access.isServer()
        || run.vms().stream().allMatch(task -> access.sees(run.site(), vm(task)));
  }

  /** A new VM that is not made yet is known by the one it is made of. */
  private VmId vm(VmTask task) {
    return task.vm()
        .or(() -> task.point().flatMap(catalog::find).map(point -> point.settings().id()))
        .orElse(NOBODYS);
  }

  /** Backs VMs up now, without a policy. */
  @POST
  public Response backup(NewRunDto dto, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    NewRunDto sent = Require.present(dto, "body");
    Site site = sites.require(Require.present(sent.site(), "site"));
    List<BackupRequest.NamedVm> named =
        vms.find(site, Require.all(sent.vms(), "vms"), access).stream()
            .map(vm -> new BackupRequest.NamedVm(vm.id(), vm.name()))
            .toList();
    named.forEach(vm -> access.require(Right.BACK_UP, site.id(), vm.id(), vm.name()));
    if (named.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "There is no VM to back up",
          "Name at least one, or check what the service account may see.");
    }
    List<DiskId> excluded =
        Require.all(sent.excludedDisks().orElse(List.of()), "excludedDisks").stream()
            .map(DiskId::new)
            .toList();
    BackupRequest request =
        new BackupRequest(
            Optional.empty(),
            named,
            excluded,
            FreezeWord.read(sent.freeze()),
            sent.group().map(GroupDto::settings).orElse(GroupSettings.STANDARD));
    Run run = queue.submit(site.id(), request);
    return Response.accepted(RunDto.of(run)).build();
  }

  @GET
  @Path("{run}")
  public RunDto get(@PathParam("run") String id, @Context SecurityContext security) {
    return RunDto.of(seen(id, AccessContext.of(security)));
  }

  private Run seen(String id, Access access) {
    return queue
        .find(new RunId(id))
        .filter(run -> sees(access, run))
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no run " + id,
                    "List the runs with: stillpoint runs list"));
  }

  @POST
  @Path("{run}/cancel")
  @Consumes(MediaType.WILDCARD)
  public Response cancel(@PathParam("run") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    if (!access.isServer()) {
      Run run = seen(id, access);
      run.vms().forEach(t -> access.require(Right.BACK_UP, run.site(), vm(t), t.vmName()));
    }
    return Response.accepted(RunDto.of(queue.cancel(new RunId(id)))).build();
  }
}
