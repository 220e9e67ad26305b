package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;

/**
 * Back up these VMs, all snapshotted at one time.
 *
 * @param policy the policy this run executes; empty when somebody asked by hand
 * @param vms at least one
 * @param freezing what is asked of the guests while their snapshots are taken
 * @param group in which order they are read
 */
public record BackupRequest(
    Optional<PolicyId> policy,
    List<NamedVm> vms,
    List<DiskId> excludedDisks,
    Freezing freezing,
    GroupSettings group)
    implements RunRequest {

  /** A VM and the name it had when the run was asked for. */
  public record NamedVm(VmId id, String name) {

    public NamedVm {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
    }
  }

  public BackupRequest {
    requireNonNull(policy, "policy");
    vms = List.copyOf(vms);
    excludedDisks = List.copyOf(excludedDisks);
    requireNonNull(freezing, "freezing");
    requireNonNull(group, "group");
    if (vms.isEmpty()) {
      throw new IllegalArgumentException("A backup names at least one VM");
    }
  }

  /** In the order that the server's configuration says. */
  public BackupRequest(
      Optional<PolicyId> policy, List<NamedVm> vms, List<DiskId> excludedDisks, Freezing freezing) {
    this(policy, vms, excludedDisks, freezing, GroupSettings.STANDARD);
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
