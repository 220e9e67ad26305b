package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.PolicyId;
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
    Map<RestorePointId, String> beyond =
        newestFirst.stream().anyMatch(point -> point.isDue(around.now()))
            ? policy.map(living -> keptBeyond(group.vm(), newestFirst, living)).orElse(Map.of())
            : Map.of();
    for (KeptPoint point : newestFirst) {
      Optional<String> why =
          held(point).or(() -> inTime(point)).or(() -> Optional.ofNullable(beyond.get(point.id())));
      decisions.add(
          new RetentionPlan.Decision(
              point, why.isPresent(), why.orElseGet(() -> ended(group, point, policy))));
    }
  }

  private Optional<String> held(KeptPoint point) {
    return Optional.ofNullable(around.holds().get(point.id()))
        .filter(hold -> hold.holdsAt(around.now()))
        .map(
            hold ->
                "held by "
                    + hold.who()
                    + hold.until().map(until -> " until " + until).orElse("")
                    + ": "
                    + hold.reason());
  }

  private Optional<String> inTime(KeptPoint point) {
    if (point.lifetime().isEmpty()) {
      return Optional.of("made before there was retention: kept until it is deleted");
    }
    if (point.expires().isEmpty()) {
      return Optional.of(
          "no time was set for points of "
              + point.lifetime().get().kind().word()
              + " runs: kept until it is deleted");
    }
    return point.isDue(around.now())
        ? Optional.empty()
        : Optional.of("kept until " + point.expires().get());
  }

  /** What the policy keeps though its time has ended, and why. */
  private Map<RestorePointId, String> keptBeyond(
      VmRef vm, List<KeptPoint> newestFirst, LivingPolicy policy) {
    // The newest of a VM that is gone would otherwise stay as long as the policy lives.
    boolean gone = around.gone().test(vm);
    LocalDate today = around.now().atZone(policy.retention().zone()).toLocalDate();
    Rules rules = new Rules(policy, gone ? Optional.of(today) : Optional.empty());
    Map<RestorePointId, String> kept = new LinkedHashMap<>();
    boolean newest = true;
    for (KeptPoint point : newestFirst) {
      if (newest || rules.mayKeepMore()) {
        if (around.damaged().test(point)) {
          continue;
        }
        Optional<String> rule = rules.next(point);
        if (newest && !gone) {
          kept.put(point.id(), "the newest good point that policy " + policy.name() + " has of it");
        } else {
          rule.ifPresent(reason -> kept.put(point.id(), reason));
        }
        newest = false;
      }
    }
    return kept;
  }

  private String ended(Group group, KeptPoint point, Optional<LivingPolicy> policy) {
    String end =
        point.expires().map(instant -> "its time ended " + instant).orElse("its time ended");
    if (group.policy().isEmpty()) {
      return end;
    }
    if (policy.isEmpty()) {
      return end + "; its policy is deleted";
    }
    return end + (around.gone().test(group.vm()) ? "; the VM is deleted" : "");
  }
}
