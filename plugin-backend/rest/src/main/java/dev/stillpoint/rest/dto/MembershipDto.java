package dev.stillpoint.rest.dto;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Membership;
import java.util.List;

/**
 * Who joined a policy and who left it.
 *
 * @param since the run it is compared with
 */
public record MembershipDto(String since, List<NamedVmDto> joined, List<NamedVmDto> left) {

  public static MembershipDto of(Membership change) {
    return new MembershipDto(change.since().value(), named(change.joined()), named(change.left()));
  }

  private static List<NamedVmDto> named(List<BackupRequest.NamedVm> vms) {
    return vms.stream().map(vm -> new NamedVmDto(vm.id().value(), vm.name())).toList();
  }
}
