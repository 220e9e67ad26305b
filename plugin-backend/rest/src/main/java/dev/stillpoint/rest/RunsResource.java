package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunHistory;
import dev.stillpoint.history.RunLine;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.QueueForecast;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.GroupDto;
import dev.stillpoint.rest.dto.NewRunDto;
import dev.stillpoint.rest.dto.PageDto;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.rest.dto.RunLineDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.site.Site;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /runs}: backups and restores, waiting, running and past. */
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RunsResource {

  private final RunQueue queue;
  private final Sites sites;
  private final VmFinder vms;
  private final RunSight sight;
  private final RunHistory history;
  private final PolicyStore policies;

  public RunsResource(
      RunQueue queue, Sites sites, Catalog catalog, RunHistory history, PolicyStore policies) {
    this.queue = queue;
    this.sites = sites;
    this.vms = new VmFinder(sites);
    this.sight = new RunSight(catalog);
    this.history = history;
    this.policies = policies;
  }

  /** A list of runs, page by page. */
  @GET
  public PageDto<RunLineDto> list(
      @BeanParam RunParameters parameters, @Context SecurityContext security) {
    RunConditions conditions = parameters.conditions(sites, policies, AccessContext.of(security));
    return PageDto.of(
        history.runs(conditions, parameters.slice()).map(this::asItIs).map(RunLineDto::of));
  }

  /** What is told of a run in the database is as old as the last change of its state. */
  private RunLine asItIs(RunLine stored) {
    return stored.state().isFinal()
        ? stored
        : queue.find(stored.id()).map(RunLine::of).orElse(stored);
  }

  /** The whole list with a row for each VM, for spreadsheets; {@code limit} is passed over. */
  @GET
  @Produces("text/csv; qs=0.5")
  @Answer(status = 200, body = String.class, when = "a table")
  public Response table(@BeanParam RunParameters parameters, @Context SecurityContext security) {
    RunConditions conditions = parameters.conditions(sites, policies, AccessContext.of(security));
    return Response.ok(new RunsCsv(history, conditions, parameters.whole()))
        .type("text/csv; charset=UTF-8")
        .header("Content-Disposition", "attachment; filename=\"stillpoint-runs.csv\"")
        .build();
  }

  /** Backs VMs up now, without a policy. */
  @POST
  @Answer(status = 202, body = RunDto.class, when = "it waits for its turn")
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

  /** A run, live while it runs. */
  @GET
  @Path("{run}")
  public RunDto get(@PathParam("run") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Run run = seen(id, access);
    Optional<QueueForecast.Position> place =
        run.state() == RunState.QUEUED
            ? Optional.ofNullable(queue.positions().get(run.id()))
            : Optional.empty();
    boolean cancelling = queue.isCancelling(run);
    return RunDto.whole(run, place, cancelling, cancelling ? Set.of() : sight.actions(access, run));
  }

  private Run seen(String id, Access access) {
    return queue
        .find(new RunId(id))
        .filter(run -> sight.sees(access, run))
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no run " + id,
                    "Look for it in the list of runs.",
                    Place.RUNS));
  }

  /** Does again what failed in a run. */
  @POST
  @Path("{run}/rerun")
  @Consumes(MediaType.WILDCARD)
  @Answer(status = 202, body = RunDto.class, when = "it waits for its turn")
  public Response rerun(@PathParam("run") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Run run = seen(id, access);
    sight.requireMayAskFor(access, run);
    return Response.accepted(RunDto.of(queue.rerun(run.id()))).build();
  }

  /** Cancels a run, whether it waits or runs. */
  @POST
  @Path("{run}/cancel")
  @Consumes(MediaType.WILDCARD)
  @Answer(status = 202, body = RunDto.class, when = "it was told to stop")
  public Response cancel(@PathParam("run") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    if (!access.isServer()) {
      sight.requireMayAskFor(access, seen(id, access));
    }
    Run run = queue.cancel(new RunId(id));
    RunDto told = RunDto.queued(run, Optional.empty(), queue.isCancelling(run));
    return Response.accepted(told).build();
  }
}
