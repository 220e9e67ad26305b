package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.rest.dto.DraftDto;
import dev.stillpoint.rest.dto.GroupDto;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NewPolicyDto;
import dev.stillpoint.rest.dto.PastPolicyDto;
import dev.stillpoint.rest.dto.RetentionDto;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code /drafts}: policies to be made from those, or from runs, that were before. */
@Path("drafts")
@Produces(MediaType.APPLICATION_JSON)
public final class DraftsResource {

  private final PolicyStore policies;
  private final RunQueue queue;
  private final Sites sites;
  private final InstantSource clock;

  public DraftsResource(PolicyStore policies, RunQueue queue, Sites sites, InstantSource clock) {
    this.policies = policies;
    this.queue = queue;
    this.sites = sites;
    this.clock = clock;
  }

  /** What can be adopted: every policy there ever was. */
  @GET
  public ItemsDto<PastPolicyDto> list(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    Set<PolicyId> present = policies.all().stream().map(Policy::id).collect(Collectors.toSet());
    return new ItemsDto<>(
        policies.past().stream()
            .filter(policy -> access.sees(policy.site()))
            .map(
                policy ->
                    new PastPolicyDto(
                        policy.id().value(),
                        policy.name(),
                        policy.site().value(),
                        !present.contains(policy.id())))
            .toList());
  }

  /** The settings of a policy as it was last kept. */
  @GET
  @Path("policies/{policy}")
  public DraftDto ofPolicy(
      @PathParam("policy") String idOrName, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    return draft(
        past(p -> p.id().value().equals(idOrName) && access.sees(p.site()))
            .or(() -> past(p -> p.name().equals(idOrName) && access.sees(p.site())))
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "There never was a policy " + idOrName,
                        "Look for it among the policies that are or were.",
                        Place.PAST_POLICIES)));
  }

  private Optional<Policy> past(Predicate<Policy> which) {
    return policies.past().stream().filter(which).findFirst();
  }

  /** What a run backed up, with the schedule of its policy. */
  @GET
  @Path("runs/{run}")
  public DraftDto ofRun(@PathParam("run") String id, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    Run run =
        queue
            .find(new RunId(id))
            .filter(one -> access.sees(one.site()))
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "There is no run " + id,
                        "Look for it in the list of runs.",
                        Place.RUNS));
    if (!(run.request() instanceof BackupRequest backup)) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Run " + id + " is a restore", "Name a backup.");
    }
    Optional<Policy> policy = backup.policy().flatMap(of -> past(p -> p.id().equals(of)));
    return draft(
        new Policy(
            new PolicyId(backup.policy().map(PolicyId::value).orElse(id)),
            policy.map(Policy::name).orElse("Run of " + run.created()),
            run.site(),
            backup.vms().stream().map(BackupRequest.NamedVm::id).toList(),
            backup.excludedDisks(),
            backup.freezing(),
            true,
            Optional.empty(),
            policy.flatMap(Policy::schedule),
            backup.group(),
            policy.flatMap(Policy::retention)));
  }

  private DraftDto draft(Policy policy) {
    List<String> notes = new ArrayList<>();
    Set<VmId> present =
        sites.session(policy.site()).inventory().vms().stream()
            .map(VmSummary::id)
            .collect(Collectors.toSet());
    Optional<Schedule> schedule =
        policy.schedule().filter(s -> s.next(clock.instant()).isPresent());
    if (policy.schedule().isPresent() && schedule.isEmpty()) {
      notes.add("Its one start has passed: it is left without a schedule");
    }
    NewPolicyDto settings =
        new NewPolicyDto(
            policy.name(),
            policy.site().value(),
            Optional.of(policy.vms().stream().filter(present::contains).map(VmId::value).toList()),
            Optional.of(policy.excludedDisks().stream().map(DiskId::value).toList()),
            Optional.of(policy.freezing().name().toLowerCase(Locale.ROOT)),
            Optional.of(policy.enabled()),
            rules(policy, Selector::include),
            rules(policy, Selector::except),
            schedule.map(ScheduleWords::write),
            Optional.of(GroupDto.of(policy.group())),
            policy.retention().map(RetentionDto::of));
    List<String> gone =
        policy.vms().stream().filter(vm -> !present.contains(vm)).map(VmId::value).toList();
    return new DraftDto(settings, gone, notes);
  }

  private static Optional<List<String>> rules(
      Policy policy, Function<Selector, List<Selector.Rule>> which) {
    return policy
        .selector()
        .map(selector -> which.apply(selector).stream().map(Selector.Rule::toString).toList());
  }
}
