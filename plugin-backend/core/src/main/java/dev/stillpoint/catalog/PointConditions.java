package dev.stillpoint.catalog;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which restore points a list shows: those that meet all that is given.
 *
 * @param vm id or name
 * @param among only of these VMs: those whom the list is for sees no others
 * @param from the earliest time of a point
 * @param to points have an earlier time than this
 * @param atLeast size of the disks
 * @param atMost size of the disks
 */
public record PointConditions(
    Optional<SiteId> site,
    Optional<String> vm,
    Optional<Set<VmId>> among,
    Optional<PolicyId> policy,
    Optional<PointLine.Mode> mode,
    Optional<PointLine.State> state,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<ByteCount> atLeast,
    Optional<ByteCount> atMost) {

  /** All points. */
  public static final PointConditions NONE =
      new PointConditions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Those of some VMs up to a time. */
  public PointConditions ofVm(SiteId where, Set<VmId> vms, Instant before) {
    return new PointConditions(
        Optional.of(where),
        vm,
        Optional.of(vms),
        policy,
        mode,
        state,
        from,
        Optional.of(before),
        atLeast,
        atMost);
  }

  public PointConditions {
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    among = among.map(Set::copyOf);
    requireNonNull(policy, "policy");
    requireNonNull(mode, "mode");
    requireNonNull(state, "state");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(atLeast, "atLeast");
    requireNonNull(atMost, "atMost");
  }
}
