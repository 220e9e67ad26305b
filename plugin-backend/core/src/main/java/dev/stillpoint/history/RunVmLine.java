package dev.stillpoint.history;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of one VM in one run.
 *
 * @param vm empty for a VM that a restore has not made
 * @param state of the VM; told when the run has ended, {@link TaskState#WAITING} before
 * @param started the run's
 * @param ended the run's
 */
public record RunVmLine(
    RunId run,
    RunLine.Kind kind,
    SiteId site,
    Optional<PolicyId> policy,
    Optional<VmId> vm,
    String vmName,
    TaskState state,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<RestorePointId> point,
    ByteCount read,
    ByteCount stored,
    Optional<String> problem) {

  public RunVmLine {
    requireNonNull(run, "run");
    requireNonNull(kind, "kind");
    requireNonNull(site, "site");
    requireNonNull(policy, "policy");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(state, "state");
    requireNonNull(created, "created");
    requireNonNull(started, "started");
    requireNonNull(ended, "ended");
    requireNonNull(point, "point");
    requireNonNull(read, "read");
    requireNonNull(stored, "stored");
    requireNonNull(problem, "problem");
  }

  /** One for each VM, in the run's order. */
  public static List<RunVmLine> of(Run run) {
    return IntStream.range(0, run.vms().size()).mapToObj(i -> of(run, run.vms().get(i))).toList();
  }

  private static RunVmLine of(Run run, VmTask task) {
    return new RunVmLine(
        run.id(),
        RunLine.Kind.of(run),
        run.site(),
        RunLine.policy(run),
        task.vm(),
        task.vmName(),
        task.state(),
        run.created(),
        run.started(),
        run.ended(),
        task.point(),
        RunLine.sum(List.of(task), DiskTask::moved),
        RunLine.sum(List.of(task), DiskTask::stored),
        task.problem().or(run::problem).map(Problem::detail));
  }
}
