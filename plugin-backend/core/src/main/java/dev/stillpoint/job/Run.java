package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.group.GroupReport;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One backup of a group of VMs, or one restore, from being asked for to its end.
 *
 * @param group in which order the VMs of a backup were read, and what that cost; known when they
 *     have been read
 */
public record Run(
    RunId id,
    SiteId site,
    RunRequest request,
    RunState state,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Problem> problem,
    List<VmTask> vms,
    Optional<GroupReport> group) {

  public Run {
    requireNonNull(id, "id");
    requireNonNull(site, "site");
    requireNonNull(request, "request");
    requireNonNull(state, "state");
    requireNonNull(created, "created");
    requireNonNull(started, "started");
    requireNonNull(ended, "ended");
    requireNonNull(problem, "problem");
    vms = List.copyOf(vms);
    requireNonNull(group, "group");
  }

  public static Run queued(RunId id, SiteId site, RunRequest request, Instant now) {
    return new Run(
        id,
        site,
        request,
        RunState.QUEUED,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        request.tasks(),
        Optional.empty());
  }

  public Run start(Instant now) {
    requireNext(RunState.RUNNING);
    return new Run(
        id, site, request, RunState.RUNNING, created, Optional.of(now), ended, problem, vms, group);
  }

  public Run end(RunState finalState, Optional<Problem> why, Instant now) {
    requireNext(finalState);
    return new Run(
        id, site, request, finalState, created, started, Optional.of(now), why, vms, group);
  }

  /** With the task at that place of {@link #vms()} changed. */
  public Run withVm(int index, UnaryOperator<VmTask> change) {
    List<VmTask> changed = new ArrayList<>(vms);
    changed.set(index, change.apply(changed.get(index)));
    return new Run(id, site, request, state, created, started, ended, problem, changed, group);
  }

  public Run withGroup(GroupReport report) {
    return new Run(
        id, site, request, state, created, started, ended, problem, vms, Optional.of(report));
  }

  /** It waits at least until then; a run that tries something again gives the platform time. */
  public Instant notBefore() {
    return request instanceof BackupRequest backup
        ? backup.repeat().map(BackupRequest.Repeat::notBefore).orElse(Instant.MIN)
        : Instant.MIN;
  }

  /** What the whole run came to. A VM that did not come to an end is a failure. */
  public RunState outcome() {
    if (has(TaskState.FAILED) || vms.stream().anyMatch(vm -> !vm.state().isFinal())) {
      return RunState.FAILED;
    }
    if (has(TaskState.CANCELLED)) {
      return RunState.CANCELLED;
    }
    return has(TaskState.WARNING) || has(TaskState.SKIPPED) ? RunState.WARNING : RunState.SUCCEEDED;
  }

  private boolean has(TaskState wanted) {
    return vms.stream().anyMatch(vm -> vm.state() == wanted);
  }

  private void requireNext(RunState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException("Run " + id + " cannot go from " + state + " to " + next);
    }
  }
}
