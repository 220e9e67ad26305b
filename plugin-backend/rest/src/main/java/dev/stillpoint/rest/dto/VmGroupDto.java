package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.RunState;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.vmgroup.GroupPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A group of VMs that the manager keeps.
 *
 * @param kind {@code affinity-group}, {@code tag}, {@code cluster}
 * @param cluster its name; empty where the group belongs to none
 * @param policies that select it
 * @param rights what the caller may have done with every member
 */
public record VmGroupDto(
    String id,
    String name,
    @Words({"affinity-group", "tag", "cluster"}) String kind,
    String cluster,
    List<NamedVmDto> members,
    List<SelectingPolicyDto> policies,
    @Words(of = Right.class) List<String> rights) {

  /**
   * A policy that selects the group.
   *
   * @param last its newest run
   * @param changes who joined and who left the policy since
   */
  public record SelectingPolicyDto(
      String id,
      String name,
      boolean enabled,
      Optional<LastRunDto> last,
      Optional<MembershipDto> changes) {

    static SelectingPolicyDto of(GroupPolicy one) {
      return new SelectingPolicyDto(
          one.policy().id().value(),
          one.policy().name(),
          one.policy().enabled(),
          one.last()
              .map(
                  run ->
                      new LastRunDto(
                          run.id().value(),
                          run.state().name().toLowerCase(Locale.ROOT),
                          run.created(),
                          run.ended())),
          one.change().map(MembershipDto::of));
    }
  }

  /** A run, in short. */
  public record LastRunDto(
      String id,
      @Words(of = RunState.class) String state,
      Instant created,
      Optional<Instant> ended) {}

  /**
   * @param members those that the caller sees
   * @param policies those that the caller sees
   * @param rights what he may have done with each of the members
   */
  public static VmGroupDto of(
      VmGroup group,
      List<BackupRequest.NamedVm> members,
      List<GroupPolicy> policies,
      Set<Right> rights) {
    return new VmGroupDto(
        group.id(),
        group.name(),
        group.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        group.cluster(),
        members.stream().map(vm -> new NamedVmDto(vm.id().value(), vm.name())).toList(),
        policies.stream().map(SelectingPolicyDto::of).toList(),
        ProtectionDto.words(rights));
  }
}
