package dev.stillpoint.rest.dto;

import dev.stillpoint.protection.VmProtection;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a VM is protected, and what its points come to.
 *
 * @param cluster absent when it is gone
 * @param state {@code protected}, {@code waiting}, {@code unprotected}, {@code gone}
 */
public record ProtectionDto(
    String vm,
    String name,
    Optional<String> cluster,
    @Words(of = VmProtection.State.class) String state,
    String reason,
    List<PolicyNameDto> policies,
    Optional<Instant> lastPoint,
    Optional<Instant> nextStart,
    FiguresDto figures) {

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

  /** What is known of it from elsewhere: the name of its cluster, how it grows each day. */
  public record Beside(Optional<String> cluster, Optional<Long> growth) {}

  public static ProtectionDto of(VmProtection vm, Beside beside) {
    return of(
        vm,
        beside,
        vm.reason(),
        vm.policies().stream()
            .map(policy -> new PolicyNameDto(policy.id().value(), policy.name()))
            .toList());
  }

  /** For callers who may not know of the policies. */
  public static ProtectionDto withoutPolicies(VmProtection vm, Beside beside) {
    return of(vm, beside, "", List.of());
  }

  private static ProtectionDto of(
      VmProtection vm, Beside beside, String reason, List<PolicyNameDto> policies) {
    return new ProtectionDto(
        vm.vm().vm().value(),
        vm.name(),
        beside.cluster(),
        vm.state().name().toLowerCase(Locale.ROOT),
        reason,
        policies,
        vm.figures().newest(),
        vm.nextStart(),
        FiguresDto.of(vm.figures(), beside.growth()));
  }
}
