package dev.stillpoint.retention;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.RetentionPlanner.LivingPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Points and what is around them, for tests of plans. */
final class Points {

  static final PolicyId POLICY = new PolicyId("policy-1");
  static final VmRef VM = new VmRef(new SiteId("site-1"), new VmId("vm-1"));

  private Points() {}

  /** A point of {@link #VM}, whose id is its time. */
  static KeptPoint of(Optional<PolicyId> policy, Instant time, Optional<Lifetime> lifetime) {
    return new KeptPoint(
        new RestorePointId(time.toString()),
        VM,
        "web01",
        policy,
        new RunId("run-1"),
        time,
        lifetime,
        ByteCount.ofGibibytes(10),
        ByteCount.ofMebibytes(1));
  }

  static KeptPoint of(Retention retention, RunKind kind, Instant time) {
    return of(Optional.of(POLICY), time, Optional.of(retention.lifetime(kind, time)));
  }

  /** What surrounds the points; by default a living policy and nothing else. */
  static final class Around {

    private final Instant now;
    private final Map<PolicyId, LivingPolicy> policies = new HashMap<>();
    private final Map<RestorePointId, Hold> holds = new HashMap<>();
    private final Set<RestorePointId> damaged = new HashSet<>();
    private final Set<VmRef> gone = new HashSet<>();

    Around(Instant now, Retention retention) {
      this.now = now;
      policies.put(POLICY, new LivingPolicy("nightly", retention));
    }

    Around withoutPolicy() {
      policies.clear();
      return this;
    }

    Around held(KeptPoint point, Optional<Instant> until) {
      holds.put(point.id(), new Hold(point.id(), until, "a lawsuit", "admin@internal", now));
      return this;
    }

    Around damaged(KeptPoint point) {
      damaged.add(point.id());
      return this;
    }

    Around vmGone() {
      gone.add(VM);
      return this;
    }

    RetentionPlan plan(List<KeptPoint> points) {
      return RetentionPlanner.plan(
          points,
          new RetentionPlanner.Surroundings(
              now, policies, holds, point -> damaged.contains(point.id()), gone::contains));
    }
  }
}
