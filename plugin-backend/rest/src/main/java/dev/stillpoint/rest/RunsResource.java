package dev.stillpoint.rest;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** {@code /runs}: backups and restores, waiting, running and past. */
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RunsResource {

  private static final int MAX_LIMIT = 1000;

  private final RunQueue queue;
  private final Sites sites;
  private final VmFinder vms;

  public RunsResource(RunQueue queue, Sites sites) {
    this.queue = queue;
    this.sites = sites;
    this.vms = new VmFinder(sites);
  }

  @GET
  public ItemsDto<RunDto> list(@QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "A limit is between 1 and " + MAX_LIMIT + ": " + limit, "");
    }
    return new ItemsDto<>(queue.newest(limit).stream().map(RunDto::of).toList());
  }

  /** Backs VMs up now, without a policy. */
  @POST
  public Response backup(NewRunDto dto) {
    NewRunDto sent = Require.present(dto, "body");
    Site site = sites.require(Require.present(sent.site(), "site"));
    List<BackupRequest.NamedVm> named =
        vms.find(site, Require.all(sent.vms(), "vms")).stream()
            .map(vm -> new BackupRequest.NamedVm(vm.id(), vm.name()))
            .toList();
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
        new BackupRequest(Optional.empty(), named, excluded, FreezeWord.read(sent.freeze()));
    Run run = queue.submit(site.id(), request);
    return Response.accepted(RunDto.of(run)).build();
  }

  @GET
  @Path("{run}")
  public RunDto get(@PathParam("run") String id) {
    return queue
        .find(new RunId(id))
        .map(RunDto::of)
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
  public Response cancel(@PathParam("run") String id) {
    return Response.accepted(RunDto.of(queue.cancel(new RunId(id)))).build();
  }
}
