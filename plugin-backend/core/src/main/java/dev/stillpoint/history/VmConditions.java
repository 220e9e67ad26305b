package dev.stillpoint.history;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which VMs a list shows: those that meet all that is given.
 *
 * @param vm id or name
 * @param among only these: whom the list is for sees no others
 * @param notGoodSince no run that ended at this time or later made a restore point of it
 */
public record VmConditions(
    Optional<SiteId> site,
    Optional<String> vm,
    Optional<Set<VmId>> among,
    Optional<TaskState> state,
    Optional<Instant> notGoodSince) {

  /** All VMs. */
  public static final VmConditions NONE =
      new VmConditions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public VmConditions {
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    among = among.map(Set::copyOf);
    requireNonNull(state, "state");
    requireNonNull(notGoodSince, "notGoodSince");
  }
}
