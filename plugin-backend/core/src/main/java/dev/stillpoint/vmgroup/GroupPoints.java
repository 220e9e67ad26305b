package dev.stillpoint.vmgroup;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointConditions;
import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.catalog.PointList;
import dev.stillpoint.catalog.PointSort;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Slice;
import dev.stillpoint.vmgroup.GroupRecovery.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the points of which a group can be given back, also of a group that is gone. */
public final class GroupPoints {

  private final RunQueue queue;
  private final Catalog catalog;
  private final PointList points;

  public GroupPoints(RunQueue queue, Catalog catalog, PointList points) {
    this.queue = queue;
    this.catalog = catalog;
    this.points = points;
  }

  /**
   * What a run made of the group.
   *
   * @param all the site's groups as they are now
   * @param group id or name; one that is gone is known from the points
   * @throws StillpointException NOT_FOUND for a group or a run that is not known
   */
  public GroupRecovery ofRun(SiteId site, List<ListedGroup> all, String group, RunId run) {
    List<Candidate> candidates = candidates(backup(site, run));
    Optional<ListedGroup> now = VmGroups.find(all, group);
    List<NamedVm> members = now.map(ListedGroup::members).orElse(List.of());
    VmGroup meant = now.map(ListedGroup::group).orElseGet(() -> gone(group, candidates, all));
    return GroupRecovery.ofRun(meant, members, run, candidates);
  }

  /** A group that is not there any more, as VMs of the run had it. */
  private static VmGroup gone(String group, List<Candidate> candidates, List<ListedGroup> all) {
    return Arrays.stream(VmGroup.Kind.values())
        .map(kind -> new VmGroup(group, group, kind, "", List.of()))
        .filter(
            known ->
                candidates.stream()
                    .flatMap(one -> one.newest().stream())
                    .anyMatch(point -> GroupRecovery.wasIn(known, point.settings())))
        .findFirst()
        .orElseGet(() -> VmGroups.one(all, group).group());
  }

  /**
   * What the newest run of the policies that select the group made of it.
   *
   * @throws StillpointException NOT_FOUND where there is none
   */
  public GroupRecovery newest(SiteId site, List<ListedGroup> all, String group) {
    ListedGroup now = VmGroups.one(all, group);
    Run run =
        now.policies().stream()
            .flatMap(one -> queue.newestOf(one.policy().id()).stream())
            .filter(one -> !repeats(one))
            .filter(one -> one.vms().stream().anyMatch(vm -> point(vm).isPresent()))
            .max(Comparator.comparing(Run::created))
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "No run of a policy that selects group " + group + " has made a point",
                        "Name a run, or an instant."));
    return ofRun(site, all, group, run.id());
  }

  /** A repetition is about those that failed only. */
  private static boolean repeats(Run run) {
    return run.request() instanceof BackupRequest backup && backup.repeat().isPresent();
  }

  /** The newest point of each VM up to an instant: of the members, and of who was one then. */
  public GroupRecovery upTo(SiteId site, List<ListedGroup> all, String group, Instant instant) {
    ListedGroup now = VmGroups.one(all, group);
    List<NamedVm> vms = new ArrayList<>(now.members());
    now.policies().stream()
        .flatMap(one -> queue.newestOf(one.policy().id()).stream())
        .filter(run -> !run.created().isAfter(instant))
        .max(Comparator.comparing(Run::created))
        .ifPresent(
            run ->
                candidates(run).stream()
                    .filter(one -> vms.stream().noneMatch(vm -> vm.id().equals(one.vm().id())))
                    .filter(
                        one ->
                            one.newest()
                                .filter(p -> GroupRecovery.wasIn(now.group(), p.settings()))
                                .isPresent())
                    .forEach(one -> vms.add(one.vm())));
    String none = "There is no point of it up to " + instant;
    return GroupRecovery.upTo(
        now.group(),
        instant,
        vms.stream()
            .map(vm -> new Candidate(vm, upTo(site, vm.id(), instant), Optional.empty(), none))
            .toList());
  }

  private Optional<RestorePoint> upTo(SiteId site, VmId vm, Instant instant) {
    PointConditions conditions = PointConditions.NONE.ofVm(site, Set.of(vm), instant.plusNanos(1));
    return points.page(conditions, Slice.first(PointSort.TIME, true, 1)).items().stream()
        .map(PointLine::id)
        .findFirst()
        .flatMap(catalog::find);
  }

  private Run backup(SiteId site, RunId id) {
    return queue
        .find(id)
        .filter(run -> run.site().equals(site) && run.request() instanceof BackupRequest)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no backup run " + id + " of this site",
                    "Look for it in the list of runs.",
                    Place.RUNS));
  }

  private List<Candidate> candidates(Run run) {
    return run.vms().stream()
        .filter(task -> task.vm().isPresent())
        .map(
            task -> {
              VmId vm = task.vm().orElseThrow();
              Optional<RestorePoint> point = point(task);
              return new Candidate(
                  new NamedVm(vm, task.vmName()),
                  point,
                  point.or(() -> catalog.newest(run.site(), vm)),
                  problem(run, task));
            })
        .toList();
  }

  private Optional<RestorePoint> point(VmTask task) {
    return task.point().flatMap(catalog::find);
  }

  private static String problem(Run run, VmTask task) {
    return task.point().isPresent()
        ? "Its point of run " + run.id() + " is not there any more"
        : "Run %s made no point of it%s"
            .formatted(
                run.id(),
                task.problem().or(run::problem).map(Problem::detail).map(d -> ": " + d).orElse(""));
  }
}
