package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.job.GroupRestoreRequest;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.RecoveryPlanDto;
import dev.stillpoint.rest.dto.RecoveryRequestDto;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.rest.dto.VmGroupDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.restore.GroupRestorePlan;
import dev.stillpoint.restore.RestoreRunner;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.trigger.Planner;
import dev.stillpoint.vmgroup.GroupPoints;
import dev.stillpoint.vmgroup.GroupRecovery;
import dev.stillpoint.vmgroup.ListedGroup;
import dev.stillpoint.vmgroup.VmGroups;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code /sites/{site}/vm-groups}: the groups of VMs that the manager itself keeps. */
@Path("sites/{site}/vm-groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class VmGroupsResource {

  private final Sites sites;
  private final VmGroups groups;
  private final GroupPoints points;
  private final Policies policies;
  private final Restoring restoring;

  /** The policies that can be applied to a group. */
  public record Policies(PolicyStore store, Planner planner) {}

  /** What restores a group. */
  public record Restoring(RestoreRunner plans, RunQueue queue) {}

  public VmGroupsResource(
      Sites sites, VmGroups groups, GroupPoints points, Policies policies, Restoring restoring) {
    this.sites = sites;
    this.groups = groups;
    this.points = points;
    this.policies = policies;
    this.restoring = restoring;
  }

  /**
   * The groups of a site.
   *
   * <p>Somebody of a manager is shown the groups in which he sees a VM, without the others in it.
   */
  @GET
  public ItemsDto<VmGroupDto> list(
      @PathParam("site") String site, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    SiteId id = seen(site, access).id();
    return new ItemsDto<>(seen(id, access).stream().map(one -> dto(one, id, access)).toList());
  }

  /** One group with its members, the policies that select it and what came of their last run. */
  @GET
  @Path("{group}")
  public VmGroupDto get(
      @PathParam("site") String site,
      @PathParam("group") String group,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    SiteId id = seen(site, access).id();
    return dto(VmGroups.one(seen(id, access), group), id, access);
  }

  private Site seen(String idOrName, Access access) {
    Site site = sites.require(idOrName);
    if (!access.sees(site.id())) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no site " + idOrName + " for " + access.name(), "");
    }
    return site;
  }

  private List<ListedGroup> seen(SiteId site, Access access) {
    return groups.list(site).stream()
        .filter(
            one ->
                access.vms().isEmpty()
                    || one.members().stream().anyMatch(vm -> access.sees(site, vm.id())))
        .toList();
  }

  private static VmGroupDto dto(ListedGroup one, SiteId site, Access access) {
    Predicate<NamedVm> shown = vm -> access.vms().map(some -> some.contains(vm.id())).orElse(true);
    List<NamedVm> members = one.members().stream().filter(shown).toList();
    return VmGroupDto.of(
        one.group(),
        members,
        one.policies().stream().filter(p -> PolicyFinder.sees(access, p.policy())).toList(),
        access.rights(site, members.stream().map(NamedVm::id).toList()));
  }

  /** Has the policy select the group, beside what it selects already. */
  @PUT
  @Path("{group}/policies/{policy}")
  public VmGroupDto protect(
      @PathParam("site") String site,
      @PathParam("group") String group,
      @PathParam("policy") String policy,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    SiteId id = administered(site, access);
    List<ListedGroup> all = groups.list(id);
    ListedGroup one = VmGroups.one(all, group);
    change(policy, id, access, old -> VmGroups.protect(old, one, all));
    return dto(VmGroups.one(groups.list(id), one.group().id()), id, access);
  }

  /** The policy does not select the group any more. */
  @DELETE
  @Path("{group}/policies/{policy}")
  public VmGroupDto release(
      @PathParam("site") String site,
      @PathParam("group") String group,
      @PathParam("policy") String policy,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    SiteId id = administered(site, access);
    ListedGroup one = VmGroups.one(groups.list(id), group);
    change(policy, id, access, old -> VmGroups.release(old, one));
    return dto(VmGroups.one(groups.list(id), one.group().id()), id, access);
  }

  private SiteId administered(String idOrName, Access access) {
    SiteId site = seen(idOrName, access).id();
    access.requireAdministrator(site);
    return site;
  }

  private void change(String idOrName, SiteId site, Access access, UnaryOperator<Policy> change) {
    Policy old = new PolicyFinder(policies.store()).require(idOrName, access);
    if (!old.site().equals(site)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Policy " + old.name() + " is of another site",
          "Choose one of the group's site, or make one.",
          Place.POLICIES);
    }
    Policy changed = change.apply(old);
    if (!changed.equals(old)) {
      policies.planner().put(changed);
    }
  }

  /** Gives all VMs of the group back, or shows what that would do. */
  @POST
  @Path("{group}/recover")
  @Answer(status = 200, body = RecoveryPlanDto.class, when = "dryRun: what would be done")
  @Answer(status = 202, body = RunDto.class, when = "it waits for its turn")
  public Response recover(
      @PathParam("site") String idOrName,
      @PathParam("group") String group,
      RecoveryRequestDto dto,
      @Context SecurityContext security) {
    RecoveryRequestDto sent = Require.present(dto, "body");
    Require.present(sent.mode(), "mode");
    Access access = AccessContext.of(security);
    SiteId site = seen(idOrName, access).id();
    GroupRecovery recovery = chosen(site, group, sent, access);
    GroupRestoreRequest request = request(recovery, sent, access);
    GroupRestorePlan plan = restoring.plans().plan(request);
    if (sent.dryRun()) {
      return Response.ok(RecoveryPlanDto.of(recovery, plan)).build();
    }
    plan.throwIfRefused(sent.stopOnFailure());
    return Response.accepted(RunDto.of(restoring.queue().submit(site, request))).build();
  }

  private GroupRecovery chosen(SiteId site, String group, RecoveryRequestDto sent, Access access) {
    if (sent.run().isPresent() && sent.at().isPresent()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A group is restored from one run, or up to one instant",
          "Give 'run' or 'at', not both.");
    }
    List<ListedGroup> all = seen(site, access);
    Optional<GroupRecovery> ofRun =
        sent.run().map(run -> points.ofRun(site, all, group, new RunId(run)));
    GroupRecovery found =
        ofRun
            .or(() -> sent.at().map(at -> points.upTo(site, all, group, at)))
            .orElseGet(() -> points.newest(site, all, group))
            .only(vm -> access.sees(site, vm));
    GroupRecovery wanted = sent.vms().map(found::inOrder).orElse(found);
    if (wanted.points().isEmpty()) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "There is no restore point of a VM of group "
              + group
              + wanted.missing().stream().findFirst().map(m -> ": " + m.reason()).orElse(""),
          "Choose another run or instant.");
    }
    return wanted;
  }

  private static GroupRestoreRequest request(
      GroupRecovery recovery, RecoveryRequestDto sent, Access access) {
    List<RestoreRequest> parts =
        recovery.points().stream()
            .map(
                (RestorePoint point) ->
                    RestoreWish.of(
                        point, sent.of(point.id().value(), point.settings().name()), access))
            .toList();
    return new GroupRestoreRequest(recovery.group(), parts, sent.stopOnFailure());
  }
}
