package dev.stillpoint.history;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.RunState;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs a list shows: those that meet all that is given.
 *
 * @param vm id or name of one of its VMs
 * @param among only runs all of whose VMs are of these: whom the list is for sees no others
 * @param from when they were asked for, at the earliest
 * @param to they were asked for before this
 */
public record RunConditions(
    Optional<SiteId> site,
    Optional<RunLine.Kind> kind,
    Optional<RunState> state,
    Optional<PolicyId> policy,
    Optional<String> vm,
    Optional<Set<VmId>> among,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** All runs. */
  public static final RunConditions NONE =
      new RunConditions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public RunConditions {
    requireNonNull(site, "site");
    requireNonNull(kind, "kind");
    requireNonNull(state, "state");
    requireNonNull(policy, "policy");
    requireNonNull(vm, "vm");
    among = among.map(Set::copyOf);
    requireNonNull(from, "from");
    requireNonNull(to, "to");
  }
}
