package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.policy.PolicyVms;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.rest.dto.GroupDto;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NamedVmDto;
import dev.stillpoint.rest.dto.NewPolicyDto;
import dev.stillpoint.rest.dto.PolicyDto;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.rest.dto.StartDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.trigger.Planner;
import dev.stillpoint.trigger.PolicyRun;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /policies}: what to back up, and when. */
@Path("policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PoliciesResource {

  private final PolicyStore policies;
  private final PolicyFinder finder;
  private final Planner planner;
  private final InstantSource clock;
  private final Sites sites;
  private final RunQueue queue;
  private final Supplier<UUID> ids;
  private final VmFinder vms;

  public PoliciesResource(
      PolicyStore policies,
      Planner planner,
      Sites sites,
      RunQueue queue,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.policies = policies;
    this.finder = new PolicyFinder(policies);
    this.planner = planner;
    this.clock = clock;
    this.sites = sites;
    this.queue = queue;
    this.ids = ids;
    this.vms = new VmFinder(sites);
  }

  /**
   * The policies.
   *
   * <p>Somebody of a manager is shown those of his site whose VMs he sees.
   */
  @GET
  public ItemsDto<PolicyDto> list(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    return new ItemsDto<>(
        policies.all().stream()
            .filter(p -> PolicyFinder.sees(access, p))
            .map(p -> dto(p, access))
            .toList());
  }

  private PolicyDto dto(Policy policy, Access access) {
    return PolicyDto.of(
        policy,
        policy.schedule().map(ScheduleWords::write),
        planner.next(policy).map(StartDto::of),
        access.rights(policy.site(), policy.vms()));
  }

  /** Makes a policy. */
  @POST
  @Answer(status = 201, body = PolicyDto.class, when = "it was made")
  public Response add(NewPolicyDto dto, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Policy policy =
        policy(
            new PolicyId(ids.get().toString()),
            Require.present(dto, "body"),
            access,
            Optional.of(Retention.standard()));
    planner.put(policy);
    return Response.status(Response.Status.CREATED).entity(dto(policy, access)).build();
  }

  /** A policy. */
  @GET
  @Path("{policy}")
  public PolicyDto get(@PathParam("policy") String policy, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    return dto(finder.require(policy, access), access);
  }

  /** Gives a policy other settings; without a retention it keeps its own. */
  @PUT
  @Path("{policy}")
  public PolicyDto replace(
      @PathParam("policy") String idOrName, NewPolicyDto dto, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Policy old = finder.require(idOrName, access);
    access.requireAdministrator(old.site());
    Policy policy = policy(old.id(), Require.present(dto, "body"), access, old.retention());
    planner.put(policy);
    return dto(policy, access);
  }

  /** Removes a policy; its points stay. */
  @DELETE
  @Path("{policy}")
  public void remove(@PathParam("policy") String idOrName, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Policy policy = finder.require(idOrName, access);
    access.requireAdministrator(policy.site());
    policies.delete(policy.id());
  }

  /** The VMs that a run would back up now. */
  @GET
  @Path("{policy}/vms")
  public ItemsDto<NamedVmDto> vms(
      @PathParam("policy") String idOrName, @Context SecurityContext security) {
    Policy policy = finder.require(idOrName, AccessContext.of(security));
    return new ItemsDto<>(
        PolicyVms.now(policy, sites.session(policy.site()).inventory()).entrySet().stream()
            .map(vm -> new NamedVmDto(vm.getKey().value(), vm.getValue()))
            .toList());
  }

  /** Runs a policy now. A VM that is gone is named by its id and skipped by the run. */
  @POST
  @Path("{policy}/runs")
  @Consumes(MediaType.WILDCARD)
  @Answer(status = 202, body = RunDto.class, when = "it waits for its turn")
  public Response run(@PathParam("policy") String idOrName, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Policy policy = finder.require(idOrName, access);
    if (!policy.enabled()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Policy " + policy.name() + " is disabled",
          "Enable it, or back its VMs up by name.");
    }
    BackupRequest request =
        PolicyRun.of(
                policy,
                PolicyVms.now(policy, sites.session(policy.site()).inventory()),
                queue.lastOf(policy.id()))
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.CONFLICT,
                        "Policy " + policy.name() + " selects no VM now",
                        "Change its VMs or its rules.",
                        Place.POLICIES));
    request.vms().forEach(vm -> access.require(Right.BACK_UP, policy.site(), vm.id(), vm.name()));
    return Response.accepted(RunDto.of(queue.submit(policy.site(), request))).build();
  }

  private Policy policy(
      PolicyId id, NewPolicyDto sent, Access access, Optional<Retention> otherwise) {
    Site site = sites.require(Require.present(sent.site(), "site"));
    access.requireAdministrator(site.id());
    Optional<Selector> selector = selector(sent);
    List<String> wanted = selector.isPresent() ? sent.vms().orElse(List.of()) : present(sent.vms());
    return new Policy(
        id,
        Require.present(sent.name(), "name"),
        site.id(),
        vms.find(site, Require.all(wanted, "vms"), access).stream().map(VmSummary::id).toList(),
        Require.all(sent.excludedDisks().orElse(List.of()), "excludedDisks").stream()
            .map(DiskId::new)
            .toList(),
        FreezeWord.read(sent.freeze()),
        sent.enabled().orElse(true),
        selector,
        sent.schedule().map(schedule -> ScheduleWords.read(schedule, clock.instant())),
        sent.group().map(GroupDto::settings).orElse(GroupSettings.STANDARD),
        sent.retention().map(Retentions::read).or(() -> otherwise));
  }

  private static List<String> present(Optional<List<String>> vms) {
    return Require.present(vms.orElse(null), "vms");
  }

  private static Optional<Selector> selector(NewPolicyDto sent) {
    List<String> include = Require.all(sent.select().orElse(List.of()), "select");
    List<String> except = Require.all(sent.except().orElse(List.of()), "except");
    return include.isEmpty() && except.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Selector(
                include.stream().map(Selector.Rule::parse).toList(),
                except.stream().map(Selector.Rule::parse).toList()));
  }
}
