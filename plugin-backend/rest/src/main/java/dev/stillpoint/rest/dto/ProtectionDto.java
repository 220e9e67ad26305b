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
 * @param cluster absent when it is gone
 * @param rights what the caller may have done with it, so that nobody is offered what he is refused
 * @param reasons {@code reason} for programs; empty for whoever may not know of the policies
 * @param state {@code protected}, {@code waiting}, {@code unprotected}, {@code gone}
 */
public record ProtectionDto(
    String vm,
    String name,
    Optional<String> cluster,
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

    static FiguresDto of(VmFigures figures, Optional<Long> growth) {
      return new FiguresDto(
          figures.points(),
          figures.oldest(),
          figures.unique().bytes(),
          figures.shared().bytes(),
          figures.reclaimable().bytes(),
          growth);
    }
  }

  /**
   * What is known of it from elsewhere: its cluster's name, how it grows each day, what the caller
   * may.
   */
  public record Beside(Optional<String> cluster, Optional<Long> growth, Set<Right> rights) {}

  public static ProtectionDto of(VmProtection vm, Beside beside) {
    return of(
        vm,
        beside,
        List.of(vm.reason()),
        vm.policies().stream()
            .map(policy -> new PolicyNameDto(policy.id().value(), policy.name()))
            .toList());
  }

  /** For callers who may not know of the policies. */
  public static ProtectionDto withoutPolicies(VmProtection vm, Beside beside) {
    return of(vm, beside, List.of(), List.of());
  }

  private static ProtectionDto of(
      VmProtection vm, Beside beside, List<Reason> reasons, List<PolicyNameDto> policies) {
    return new ProtectionDto(
        vm.vm().vm().value(),
        vm.name(),
        beside.cluster(),
        vm.state().name().toLowerCase(Locale.ROOT),
        Reason.text(reasons),
        ReasonDto.of(reasons),
        policies,
        vm.figures().newest(),
        vm.nextStart(),
        FiguresDto.of(vm.figures(), beside.growth()),
        words(beside.rights()));
  }

  /** Rights as the API names them. */
  static List<String> words(Set<Right> rights) {
    return rights.stream().map(right -> right.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }
}
