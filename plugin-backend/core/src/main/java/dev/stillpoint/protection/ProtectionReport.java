package dev.stillpoint.protection;

import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.protection.VmProtection.PolicyName;
import dev.stillpoint.protection.VmProtection.State;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out how each VM of a site is protected. Pure: what is there in, states with reasons out.
 */
public final class ProtectionReport {

  private final Input input;
  private final Map<Policy, Map<VmId, Selector.Decision>> selected = new HashMap<>();
  private final Map<Policy, Set<VmId>> named = new HashMap<>();
  private final Map<Policy, Optional<Instant>> starts = new HashMap<>();

  /**
   * What is there.
   *
   * @param vms the names of those at the site
   * @param placements of the same; needed only where a policy selects
   * @param policies of the site
   * @param figures of VMs that keep points, also of those that are gone
   */
  public record Input(
      SiteId site,
      Map<VmId, String> vms,
      List<VmPlacement> placements,
      List<Policy> policies,
      Map<VmId, VmFigures> figures) {}

  private ProtectionReport(Input input, NextStarts next) {
    this.input = input;
    for (Policy policy : input.policies()) {
      named.put(policy, new HashSet<>(policy.vms()));
      starts.put(policy, policy.enabled() ? next.of(policy) : Optional.empty());
      Map<VmId, Selector.Decision> decisions = new HashMap<>();
      policy
          .selector()
          .ifPresent(
              selector ->
                  selector
                      .decide(input.placements())
                      .forEach(decision -> decisions.put(decision.vm().id(), decision)));
      selected.put(policy, decisions);
    }
  }

  /** The VMs at the site in the order given, then those that are gone but keep points. */
  public static List<VmProtection> of(Input input, NextStarts next) {
    ProtectionReport report = new ProtectionReport(input, next);
    List<VmProtection> result = new ArrayList<>();
    input.vms().forEach((vm, name) -> result.add(report.there(vm, name)));
    input
        .figures()
        .forEach(
            (vm, figures) -> {
              if (!input.vms().containsKey(vm)) {
                result.add(report.gone(vm, figures));
              }
            });
    return result;
  }

  private VmProtection there(VmId vm, String name) {
    List<Policy> covering = input.policies().stream().filter(policy -> covers(policy, vm)).toList();
    List<Policy> enabled = covering.stream().filter(Policy::enabled).toList();
    VmFigures figures = input.figures().getOrDefault(vm, VmFigures.NONE);
    State state =
        enabled.isEmpty()
            ? State.UNPROTECTED
            : figures.points() > 0 ? State.PROTECTED : State.WAITING;
    Optional<Instant> nextStart =
        enabled.stream().flatMap(policy -> starts.get(policy).stream()).min(Instant::compareTo);
    Reason reason =
        switch (state) {
          case PROTECTED ->
              Reason.of(
                  nextStart.isPresent() ? ReasonCode.PROTECTED_BY : ReasonCode.PROTECTED_BY_HAND,
                  names(enabled));
          case WAITING -> Reason.of(ReasonCode.NO_POINT_YET, names(enabled));
          case UNPROTECTED, GONE -> unprotected(vm, covering);
        };
    return new VmProtection(
        new VmRef(input.site(), vm),
        name,
        state,
        reason,
        enabled.stream().map(policy -> new PolicyName(policy.id(), policy.name())).toList(),
        nextStart,
        figures);
  }

  private boolean covers(Policy policy, VmId vm) {
    return named.get(policy).contains(vm)
        || Optional.ofNullable(selected.get(policy).get(vm))
            .filter(Selector.Decision::chosen)
            .isPresent();
  }

  private Reason unprotected(VmId vm, List<Policy> disabled) {
    if (!disabled.isEmpty()) {
      return Reason.of(ReasonCode.ONLY_DISABLED, names(disabled));
    }
    return input.policies().stream()
        .filter(policy -> selected.get(policy).containsKey(vm))
        .findFirst()
        .map(
            policy ->
                Reason.of(
                    ReasonCode.POLICY_LEAVES_OUT,
                    policy.name(),
                    selected.get(policy).get(vm).reason()))
        .orElseGet(() -> Reason.of(ReasonCode.NO_POLICY));
  }

  private VmProtection gone(VmId vm, VmFigures figures) {
    return new VmProtection(
        new VmRef(input.site(), vm),
        figures.vmName(),
        State.GONE,
        Reason.of(ReasonCode.GONE_FROM_SITE),
        List.of(),
        Optional.empty(),
        figures);
  }

  private static String names(List<Policy> policies) {
    return policies.stream().map(Policy::name).collect(Collectors.joining(", "));
  }
}
