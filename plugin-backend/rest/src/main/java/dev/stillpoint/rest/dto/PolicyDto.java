package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A policy.
 *
 * @param next when it starts next by itself
 * @param rights what the caller may have done with every VM that it names
 */
public record PolicyDto(
    String id,
    String name,
    String site,
    List<String> vms,
    List<String> excludedDisks,
    @Words(of = Freezing.class) String freeze,
    boolean enabled,
    List<String> select,
    List<String> except,
    Optional<ScheduleDto> schedule,
    Optional<StartDto> next,
    GroupDto group,
    Optional<RetentionDto> retention,
    @Words(of = Right.class) List<String> rights) {

  public static PolicyDto of(
      Policy policy, Optional<ScheduleDto> schedule, Optional<StartDto> next, Set<Right> rights) {
    return new PolicyDto(
        policy.id().value(),
        policy.name(),
        policy.site().value(),
        policy.vms().stream().map(VmId::value).toList(),
        policy.excludedDisks().stream().map(DiskId::value).toList(),
        policy.freezing().name().toLowerCase(Locale.ROOT),
        policy.enabled(),
        rules(policy, Selector::include),
        rules(policy, Selector::except),
        schedule,
        next,
        GroupDto.of(policy.group()),
        policy.retention().map(RetentionDto::of),
        ProtectionDto.words(rights));
  }

  private static List<String> rules(Policy policy, Function<Selector, List<Selector.Rule>> which) {
    return policy.selector().map(which).orElse(List.of()).stream()
        .map(Selector.Rule::toString)
        .toList();
  }
}
