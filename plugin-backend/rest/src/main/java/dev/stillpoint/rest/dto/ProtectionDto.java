package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.Reason;
import dev.stillpoint.protection.VmProtection;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a VM is protected, and what its points come to.
 *
 * @param rights what the caller may have done with it, so that nobody is offered what he is refused
 * @param reasons {@code reason} for programs; empty for whoever may not know of the policies
 * @param state {@code protected}, {@code waiting}, {@code unprotected}, {@code gone}
 */
public record ProtectionDto(
    String vm,
    String name,
    @Words(of = VmProtection.State.class) String state,
    String reason,
    List<ReasonDto> reasons,
    List<PolicyNameDto> policies,
    Optional<Instant> lastPoint,
    Optional<Instant> nextStart,
    FiguresDto figures,
    @Words(of = Right.class) List<String> rights) {

  /** A policy. */
  public record PolicyNameDto(String id, String name) {}

  /**
   * What its points come to.
   *
   * @param bytesReclaimable about what the next collection gives back of it
   */
  public record FiguresDto(
      int points,
      Optional<Instant> oldest,
      long bytesUnique,
      long bytesShared,
      long bytesReclaimable,
      Optional<Long> bytesGrowthPerDay) {

    static FiguresDto of(VmFigures figures) {
      return new FiguresDto(
          figures.points(),
          figures.oldest(),
          figures.unique().bytes(),
          figures.shared().bytes(),
          figures.reclaimable().bytes(),
          figures.growthPerDay());
    }
  }

  public static ProtectionDto of(VmProtection vm, Set<Right> rights) {
    return of(
        vm,
        List.of(vm.reason()),
        vm.policies().stream()
            .map(policy -> new PolicyNameDto(policy.id().value(), policy.name()))
            .toList(),
        rights);
  }

  /** For callers who may not know of the policies. */
  public static ProtectionDto withoutPolicies(VmProtection vm, Set<Right> rights) {
    return of(vm, List.of(), List.of(), rights);
  }

  private static ProtectionDto of(
      VmProtection vm, List<Reason> reasons, List<PolicyNameDto> policies, Set<Right> rights) {
    return new ProtectionDto(
        vm.vm().vm().value(),
        vm.name(),
        vm.state().name().toLowerCase(Locale.ROOT),
        Reason.text(reasons),
        ReasonDto.of(reasons),
        policies,
        vm.figures().newest(),
        vm.nextStart(),
        FiguresDto.of(vm.figures()),
        RightsWords.of(rights));
  }
}
