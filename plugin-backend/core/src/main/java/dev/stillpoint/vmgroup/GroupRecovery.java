package dev.stillpoint.vmgroup;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Of which points a group is given back. Pure: what there is in, the choice with reasons out.
 *
 * @param run all points are of this run; empty where they were chosen by their time
 * @param points one for each VM, in the order in which they are given back
 * @param missing members of which there is no point
 * @param notes sentences for people
 */
public record GroupRecovery(
    String group,
    Optional<RunId> run,
    List<RestorePoint> points,
    List<Missing> missing,
    List<String> notes) {

  /** A member that is not given back, and why. */
  public record Missing(NamedVm vm, String reason) {

    public Missing {
      requireNonNull(vm, "vm");
      requireNonNull(reason, "reason");
    }
  }

  /**
   * A VM that a run was about.
   *
   * @param point what the run made of it; empty where it made none
   * @param newest what is known of it otherwise
   * @param problem why the run made none
   */
  record Candidate(
      NamedVm vm, Optional<RestorePoint> point, Optional<RestorePoint> newest, String problem) {}

  public GroupRecovery {
    requireNonNull(group, "group");
    requireNonNull(run, "run");
    points = List.copyOf(points);
    missing = List.copyOf(missing);
    notes = List.copyOf(notes);
  }

  /** From the earliest to the latest point. */
  public Duration skew() {
    List<Instant> times = points.stream().map(RestorePoint::time).sorted().toList();
    return times.isEmpty()
        ? Duration.ZERO
        : Duration.between(times.get(0), times.get(times.size() - 1));
  }

  /**
   * Everything of one run: the members of now, and who was a member when the run made its point.
   *
   * @param members of now, in the group's order
   * @param candidates all VMs of the run, in its order
   */
  static GroupRecovery ofRun(
      VmGroup group, List<NamedVm> members, RunId run, List<Candidate> candidates) {
    Map<NamedVm, RestorePoint> points = new LinkedHashMap<>();
    List<Missing> missing = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (NamedVm member : members) {
      Optional<Candidate> in =
          candidates.stream().filter(one -> one.vm().id().equals(member.id())).findFirst();
      if (in.isEmpty()) {
        missing.add(new Missing(member, "It was not in run " + run));
      } else {
        take(in.get(), points, missing);
      }
    }
    for (Candidate one : candidates) {
      boolean member = members.stream().anyMatch(vm -> vm.id().equals(one.vm().id()));
      if (!member && one.newest().filter(point -> wasIn(group, point.settings())).isPresent()) {
        take(one, points, missing);
        notes.add("VM " + one.vm().name() + " was in the group then and is not now");
      }
    }
    return new GroupRecovery(
        group.name(), Optional.of(run), List.copyOf(points.values()), missing, notes);
  }

  private static void take(
      Candidate one, Map<NamedVm, RestorePoint> points, List<Missing> missing) {
    one.point()
        .ifPresentOrElse(
            point -> points.put(one.vm(), point),
            () -> missing.add(new Missing(one.vm(), one.problem())));
  }

  /**
   * The newest point of each VM up to an instant.
   *
   * @param candidates with that point as theirs, in the order in which they are given back
   */
  static GroupRecovery upTo(VmGroup group, Instant instant, List<Candidate> candidates) {
    Map<NamedVm, RestorePoint> points = new LinkedHashMap<>();
    List<Missing> missing = new ArrayList<>();
    candidates.forEach(one -> take(one, points, missing));
    List<String> notes = new ArrayList<>();
    List<RunId> runs = points.values().stream().map(RestorePoint::run).distinct().toList();
    if (runs.size() > 1) {
      notes.add("The points are of %d runs: they show no common instant".formatted(runs.size()));
      points.values().stream()
          .min(Comparator.comparing(RestorePoint::time))
          .ifPresent(
              oldest ->
                  notes.add(
                      "The oldest is of VM %s, %s before the instant asked for"
                          .formatted(
                              oldest.settings().name(),
                              words(Duration.between(oldest.time(), instant)))));
    }
    Optional<RunId> run = runs.size() == 1 ? Optional.of(runs.get(0)) : Optional.empty();
    return new GroupRecovery(group.name(), run, List.copyOf(points.values()), missing, notes);
  }

  private static String words(Duration time) {
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min";
  }

  /** Whether a VM was in the group when its settings were read; by id, else by name. */
  static boolean wasIn(VmGroup group, VmSettings settings) {
    if (group.kind() == VmGroup.Kind.CLUSTER) {
      return settings.cluster().id().equals(group.id())
          || settings.cluster().name().equals(group.name());
    }
    Stream<VmAttributes.Named> had =
        settings.attributes().stream()
            .flatMap(
                all ->
                    group.kind() == VmGroup.Kind.TAG
                        ? all.tags().stream()
                        : all.affinityGroups().stream());
    return had.anyMatch(one -> one.id().equals(group.id()) || one.name().equals(group.name()));
  }

  /**
   * Only the VMs that fit.
   *
   * @param wanted asked of each VM, with a point or without
   */
  public GroupRecovery only(Predicate<VmId> wanted) {
    List<RestorePoint> some =
        points.stream().filter(point -> wanted.test(point.settings().id())).toList();
    // Notes name VMs: whoever is not shown them all is told none.
    return new GroupRecovery(
        group,
        run,
        some,
        missing.stream().filter(one -> wanted.test(one.vm().id())).toList(),
        some.equals(points) ? notes : List.of());
  }

  /**
   * Only some VMs, in this order.
   *
   * @param wanted their ids or names
   * @throws StillpointException NOT_FOUND for one of which there is no point
   */
  public GroupRecovery inOrder(List<String> wanted) {
    List<RestorePoint> some = new ArrayList<>();
    for (String idOrName : wanted) {
      RestorePoint point =
          points.stream()
              .filter(one -> is(one.settings(), idOrName))
              .findFirst()
              .orElseThrow(
                  () ->
                      new StillpointException(
                          ErrorKind.NOT_FOUND,
                          "There is no point of VM " + idOrName + " to restore group " + group,
                          "See in a dry run what there is."));
      if (!some.contains(point)) {
        some.add(point);
      }
    }
    return new GroupRecovery(group, run, some, List.of(), notes);
  }

  private static boolean is(VmSettings vm, String idOrName) {
    return vm.id().value().equals(idOrName) || vm.name().equals(idOrName);
  }
}
