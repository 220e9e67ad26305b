package dev.stillpoint.vmgroup;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.Membership;
import dev.stillpoint.job.Run;
import dev.stillpoint.policy.Policy;
import java.util.Optional;

/**
 * A policy that selects a group.
 *
 * @param last its newest run; empty before the first
 * @param change who has joined the policy and who has left it since that run
 */
public record GroupPolicy(Policy policy, Optional<Run> last, Optional<Membership> change) {

  public GroupPolicy {
    requireNonNull(policy, "policy");
    requireNonNull(last, "last");
    requireNonNull(change, "change");
  }
}
