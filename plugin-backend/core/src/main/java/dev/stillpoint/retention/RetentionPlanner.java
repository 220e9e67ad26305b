package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.model.RestorePointId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which points go. In doubt a point is kept.
 *
 * <p>A point goes when its time has ended, nobody holds it, it is not the newest good one that a
 * living policy has of a VM that is there, and no rule of that policy keeps it.
 */
public final class RetentionPlanner {

  private static final Comparator<KeptPoint> NEWEST_FIRST =
      Comparator.comparing(KeptPoint::time).thenComparing(point -> point.id().value()).reversed();

  private final Surroundings around;

  /** A policy that is there, switched on or off. */
  public record LivingPolicy(String name, Retention retention) {

    public LivingPolicy {
      requireNonNull(name, "name");
      requireNonNull(retention, "retention");
    }
  }

  /**
   * What the decisions depend on besides the points.
   *
   * @param policies those that are there
   * @param damaged whether a point is known to be damaged; asked only where it decides
   * @param gone whether a VM is known to be gone from its site
   */
  public record Surroundings(
      Instant now,
      Map<PolicyId, LivingPolicy> policies,
      Map<RestorePointId, Hold> holds,
      Predicate<KeptPoint> damaged,
      Predicate<VmRef> gone) {

    public Surroundings {
      requireNonNull(now, "now");
      policies = Map.copyOf(policies);
      holds = Map.copyOf(holds);
      requireNonNull(damaged, "damaged");
      requireNonNull(gone, "gone");
    }
  }

  private record Group(VmRef vm, Optional<PolicyId> policy) {}

  private RetentionPlanner(Surroundings around) {
    this.around = around;
  }

  /**
   * @param points all that are kept of the VMs, or of the policy, that the plan is about: a rule
   *     that does not see all of them would keep too many
   */
  public static RetentionPlan plan(List<KeptPoint> points, Surroundings around) {
    return new RetentionPlanner(around).plan(points);
  }

  private RetentionPlan plan(List<KeptPoint> points) {
    Map<Group, List<KeptPoint>> groups = new LinkedHashMap<>();
    points.stream()
        .sorted(NEWEST_FIRST)
        .forEach(
            point ->
                groups
                    .computeIfAbsent(
                        new Group(point.vm(), point.policy()), group -> new ArrayList<>())
                    .add(point));
    List<RetentionPlan.Decision> decisions = new ArrayList<>();
    groups.forEach((group, kept) -> decide(group, kept, decisions));
    return new RetentionPlan(around.now(), decisions);
  }

  private void decide(
      Group group, List<KeptPoint> newestFirst, List<RetentionPlan.Decision> decisions) {
    Optional<LivingPolicy> policy = group.policy().map(around.policies()::get);
    Map<RestorePointId, List<Reason>> beyond =
        newestFirst.stream().anyMatch(point -> point.isDue(around.now()))
            ? policy.map(living -> keptBeyond(group.vm(), newestFirst, living)).orElse(Map.of())
            : Map.of();
    for (KeptPoint point : newestFirst) {
      Optional<List<Reason>> why =
          held(point)
              .or(() -> inTime(point))
              .map(List::of)
              .or(() -> Optional.ofNullable(beyond.get(point.id())));
      decisions.add(
          new RetentionPlan.Decision(
              point, why.isPresent(), why.orElseGet(() -> ended(group, point, policy))));
    }
  }

  private Optional<Reason> held(KeptPoint point) {
    return Optional.ofNullable(around.holds().get(point.id()))
        .filter(hold -> hold.holdsAt(around.now()))
        .map(
            hold ->
                hold.until()
                    .map(end -> Reason.of(ReasonCode.HELD_UNTIL, hold.who(), end, hold.reason()))
                    .orElseGet(() -> Reason.of(ReasonCode.HELD, hold.who(), hold.reason())));
  }

  private Optional<Reason> inTime(KeptPoint point) {
    if (point.lifetime().isEmpty()) {
      return Optional.of(Reason.of(ReasonCode.BEFORE_RETENTION));
    }
    if (point.expires().isEmpty()) {
      return Optional.of(Reason.of(ReasonCode.NO_TIME_SET, point.lifetime().get().kind().word()));
    }
    return point.isDue(around.now())
        ? Optional.empty()
        : Optional.of(Reason.of(ReasonCode.KEPT_UNTIL, point.expires().get()));
  }

  /** What the policy keeps though its time has ended, and why. */
  private Map<RestorePointId, List<Reason>> keptBeyond(
      VmRef vm, List<KeptPoint> newestFirst, LivingPolicy policy) {
    // The newest of a VM that is gone would otherwise stay as long as the policy lives.
    boolean gone = around.gone().test(vm);
    LocalDate today = around.now().atZone(policy.retention().zone()).toLocalDate();
    Rules rules = new Rules(policy, gone ? Optional.of(today) : Optional.empty());
    Map<RestorePointId, List<Reason>> kept = new LinkedHashMap<>();
    boolean newest = true;
    for (KeptPoint point : newestFirst) {
      if (newest || rules.mayKeepMore()) {
        if (around.damaged().test(point)) {
          continue;
        }
        List<Reason> rule = rules.next(point);
        if (newest && !gone) {
          kept.put(point.id(), List.of(Reason.of(ReasonCode.NEWEST_GOOD, policy.name())));
        } else if (!rule.isEmpty()) {
          kept.put(point.id(), rule);
        }
        newest = false;
      }
    }
    return kept;
  }

  /** Of a point whose time has ended: what has none is kept. */
  private List<Reason> ended(Group group, KeptPoint point, Optional<LivingPolicy> policy) {
    Reason end = Reason.of(ReasonCode.TIME_ENDED, point.expires().orElseThrow());
    if (group.policy().isEmpty()) {
      return List.of(end);
    }
    if (policy.isEmpty()) {
      return List.of(end, Reason.of(ReasonCode.POLICY_DELETED));
    }
    return around.gone().test(group.vm())
        ? List.of(end, Reason.of(ReasonCode.VM_DELETED))
        : List.of(end);
  }
}
