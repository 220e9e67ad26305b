package dev.stillpoint.upkeep;

import dev.stillpoint.backup.LifetimeRule;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.retention.Gfs;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RunKind;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * What the run's policy says when the run begins. A policy that was deleted while its run waited
 * says nothing: the points stay until somebody deletes them.
 */
public final class PolicyLifetimes implements LifetimeRule {

  private final PolicyStore policies;
  private final RunStarts starts;
  private final Retention withoutPolicy;

  /**
   * @param withoutPolicy how long points are kept of runs without a policy; empty: until they are
   *     deleted
   */
  public PolicyLifetimes(PolicyStore policies, RunStarts starts, Optional<Period> withoutPolicy) {
    this.policies = policies;
    this.starts = starts;
    this.withoutPolicy =
        withoutPolicy
            .map(
                period ->
                    new Retention(Map.of(RunKind.MANUAL, period), 0, Gfs.NONE, ZoneOffset.UTC))
            .orElse(Retention.forever());
  }

  @Override
  public Lifetime of(Run run) {
    RunStarts.Start start = starts.of(run);
    Optional<PolicyId> policy =
        run.request() instanceof BackupRequest backup ? backup.policy() : Optional.empty();
    Retention retention =
        policy.isEmpty()
            ? withoutPolicy
            : policy.flatMap(policies::find).flatMap(Policy::retention).orElse(Retention.forever());
    return retention.lifetime(policy.isEmpty() ? RunKind.MANUAL : start.kind(), start.at());
  }
}
