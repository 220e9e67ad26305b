package dev.stillpoint.trigger;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Membership;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a policy asks for when it runs. Pure. */
public final class PolicyRun {

  private PolicyRun() {}

  /**
   * @param vms what the policy means now, with their names
   * @param before its run before this one; empty for the first
   * @return empty where it means no VM
   */
  public static Optional<BackupRequest> of(
      Policy policy, Map<VmId, String> vms, Optional<Run> before) {
    List<BackupRequest.NamedVm> named =
        vms.entrySet().stream()
            .map(vm -> new BackupRequest.NamedVm(vm.getKey(), vm.getValue()))
            .toList();
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BackupRequest(
                Optional.of(policy.id()),
                named,
                policy.excludedDisks(),
                policy.freezing(),
                Optional.empty(),
                policy.group(),
                before.flatMap(run -> Membership.between(run, named))));
  }
}
