package dev.stillpoint.rest.dto;

import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import java.util.List;
import java.util.Locale;

/** A policy. */
public record PolicyDto(
    String id,
    String name,
    String site,
    List<String> vms,
    List<String> excludedDisks,
    String freeze,
    boolean enabled) {

  public static PolicyDto of(Policy policy) {
    return new PolicyDto(
        policy.id().value(),
        policy.name(),
        policy.site().value(),
        policy.vms().stream().map(VmId::value).toList(),
        policy.excludedDisks().stream().map(DiskId::value).toList(),
        policy.freezing().name().toLowerCase(Locale.ROOT),
        policy.enabled());
  }
}
