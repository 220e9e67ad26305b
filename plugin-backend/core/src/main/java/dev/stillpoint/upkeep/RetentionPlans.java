package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RetentionPlan;
import dev.stillpoint.retention.RetentionPlanner;
import dev.stillpoint.retention.RetentionPlanner.LivingPolicy;
import dev.stillpoint.retention.VmRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gathers what retention plans depend on and has them made; what is shown is what is done. */
public final class RetentionPlans {

  private final Repository repository;
  private final PolicyStore policies;
  private final PointLedger ledger;
  private final HoldStore holds;
  private final SightingStore sightings;
  private final Duration goneAfter;

  public RetentionPlans(
      Repository repository,
      PolicyStore policies,
      PointLedger ledger,
      HoldStore holds,
      SightingStore sightings,
      Duration goneAfter) {
    this.repository = requireNonNull(repository, "repository");
    this.policies = requireNonNull(policies, "policies");
    this.ledger = requireNonNull(ledger, "ledger");
    this.holds = requireNonNull(holds, "holds");
    this.sightings = requireNonNull(sightings, "sightings");
    this.goneAfter = requireNonNull(goneAfter, "goneAfter");
  }

  /** Makes plans for one instant. */
  public final class Maker {

    private final RetentionPlanner.Surroundings around;

    private Maker(Instant at, Map<PolicyId, LivingPolicy> living) {
      Map<RestorePointId, Hold> held = new HashMap<>();
      holds.all().forEach(hold -> held.put(hold.point(), hold));
      around =
          new RetentionPlanner.Surroundings(
              at,
              living,
              held,
              RetentionPlans.this::isDamaged,
              new Gone(sightings, goneAfter)::test);
    }

    RetentionPlan ofVm(VmRef vm) {
      return RetentionPlanner.plan(ledger.ofVm(vm), around);
    }

    public RetentionPlan ofPolicy(PolicyId policy) {
      return RetentionPlanner.plan(ledger.ofPolicy(policy), around);
    }
  }

  public Maker at(Instant at) {
    return new Maker(at, living());
  }

  /** As if the policy had other rules; what was fixed for its points stays. */
  public Maker at(Instant at, Policy policy, Retention draft) {
    Map<PolicyId, LivingPolicy> living = living();
    living.put(policy.id(), new LivingPolicy(policy.name(), draft));
    return new Maker(at, living);
  }

  /** The hold of a point that is in force then. */
  Optional<Hold> hold(RestorePointId point, Instant at) {
    return holds.all().stream()
        .filter(hold -> hold.point().equals(point) && hold.holdsAt(at))
        .findFirst();
  }

  private Map<PolicyId, LivingPolicy> living() {
    Map<PolicyId, LivingPolicy> living = new HashMap<>();
    for (Policy policy : policies.all()) {
      living.put(
          policy.id(),
          new LivingPolicy(policy.name(), policy.retention().orElse(Retention.forever())));
    }
    return living;
  }

  private boolean isDamaged(KeptPoint point) {
    try {
      Optional<Manifest> manifest = repository.manifest(point.id());
      return manifest.isEmpty()
          || manifest.get().images().stream()
              .anyMatch(image -> repository.hasKnownDamage(new ImageRef(point.id(), image.name())));
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.CORRUPT_DATA || e.kind() == ErrorKind.NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }
}
