package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Back up these VMs, all snapshotted at one time.
 *
 * @param policy the policy this run executes; empty when somebody asked by hand
 * @param vms at least one
 * @param freezing what is asked of the guests while their snapshots are taken
 * @param repeat the run of which this one repeats what failed
 * @param group in which order they are read
 * @param members who joined the policy and who left it since its run before; empty: nobody
 */
public record BackupRequest(
    Optional<PolicyId> policy,
    List<NamedVm> vms,
    List<DiskId> excludedDisks,
    Freezing freezing,
    Optional<Repeat> repeat,
    GroupSettings group,
    Optional<Membership> members)
    implements RunRequest {

  /** A VM and the name it had when the run was asked for. */
  public record NamedVm(VmId id, String name) {

    public NamedVm {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
    }
  }

  /**
   * Why a run is the repetition of another.
   *
   * @param of the run before
   * @param attempt how many runs of the same start came before without anybody asking; 0 when
   *     somebody asked
   * @param notBefore it waits at least until then
   */
  public record Repeat(RunId of, int attempt, Instant notBefore) {

    public Repeat {
      requireNonNull(of, "of");
      requireNonNull(notBefore, "notBefore");
      if (attempt < 0) {
        throw new IllegalArgumentException("Not an attempt: " + attempt);
      }
    }
  }

  /** Of VMs that are the same as before, or that nobody compares. */
  public BackupRequest(
      Optional<PolicyId> policy,
      List<NamedVm> vms,
      List<DiskId> excludedDisks,
      Freezing freezing,
      Optional<Repeat> repeat,
      GroupSettings group) {
    this(policy, vms, excludedDisks, freezing, repeat, group, Optional.empty());
  }

  /** The first run of its kind. */
  public BackupRequest(
      Optional<PolicyId> policy,
      List<NamedVm> vms,
      List<DiskId> excludedDisks,
      Freezing freezing,
      GroupSettings group) {
    this(policy, vms, excludedDisks, freezing, Optional.empty(), group);
  }

  /** The first of its kind, in the order that the server's configuration says. */
  public BackupRequest(
      Optional<PolicyId> policy, List<NamedVm> vms, List<DiskId> excludedDisks, Freezing freezing) {
    this(policy, vms, excludedDisks, freezing, GroupSettings.STANDARD);
  }

  public BackupRequest {
    requireNonNull(policy, "policy");
    vms = List.copyOf(vms);
    excludedDisks = List.copyOf(excludedDisks);
    requireNonNull(freezing, "freezing");
    requireNonNull(repeat, "repeat");
    requireNonNull(group, "group");
    requireNonNull(members, "members");
    if (vms.isEmpty()) {
      throw new IllegalArgumentException("A backup names at least one VM");
    }
  }

  /** The same for some of its VMs, as a repetition. */
  BackupRequest repeated(List<NamedVm> some, Repeat why) {
    return new BackupRequest(policy, some, excludedDisks, freezing, Optional.of(why), group);
  }

  @Override
  public List<VmTask> tasks() {
    return vms.stream().map(vm -> VmTask.waiting(Optional.of(vm.id()), vm.name())).toList();
  }

  @Override
  public RunExecutor executor(RunExecutor backup, RunExecutor restore) {
    return backup;
  }
}
