package dev.stillpoint.history;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A run as a line of a list.
 *
 * @param vmName of its first VM
 * @param read from the manager, or written to it
 * @param stored added to the repository
 * @param problem the first there was; empty for none
 */
public record RunLine(
    RunId id,
    Kind kind,
    SiteId site,
    Optional<PolicyId> policy,
    RunState state,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    String vmName,
    int vmCount,
    ByteCount read,
    ByteCount stored,
    Optional<String> problem) {

  /** What a run does. */
  public enum Kind {
    BACKUP,
    RESTORE;

    public static Kind of(Run run) {
      return run.request() instanceof BackupRequest ? BACKUP : RESTORE;
    }
  }

  public RunLine {
    requireNonNull(id, "id");
    requireNonNull(kind, "kind");
    requireNonNull(site, "site");
    requireNonNull(policy, "policy");
    requireNonNull(state, "state");
    requireNonNull(created, "created");
    requireNonNull(started, "started");
    requireNonNull(ended, "ended");
    requireNonNull(vmName, "vmName");
    requireNonNull(read, "read");
    requireNonNull(stored, "stored");
    requireNonNull(problem, "problem");
  }

  public static RunLine of(Run run) {
    return new RunLine(
        run.id(),
        Kind.of(run),
        run.site(),
        policy(run),
        run.state(),
        run.created(),
        run.started(),
        run.ended(),
        run.vms().isEmpty() ? "" : run.vms().get(0).vmName(),
        run.vms().size(),
        sum(run.vms(), DiskTask::moved),
        sum(run.vms(), DiskTask::stored),
        problem(run));
  }

  static Optional<PolicyId> policy(Run run) {
    return run.request() instanceof BackupRequest backup ? backup.policy() : Optional.empty();
  }

  private static Optional<String> problem(Run run) {
    return Stream.concat(
            run.problem().stream(), run.vms().stream().flatMap(task -> task.problem().stream()))
        .map(Problem::detail)
        .findFirst();
  }

  /** Stops at what a number can hold. */
  static ByteCount sum(List<VmTask> tasks, Function<DiskTask, ByteCount> amount) {
    long sum = 0;
    for (VmTask task : tasks) {
      for (DiskTask disk : task.disks()) {
        long more = amount.apply(disk).bytes();
        sum = sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
      }
    }
    return ByteCount.ofBytes(sum);
  }
}
