package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A restore point as far as keeping it goes.
 *
 * @param vmName the VM's name when the point was made
 * @param policy of the run that made it; empty when somebody asked without one
 * @param time the instant it shows
 * @param lifetime empty for points made before there was retention: they are kept
 * @param logical size of its disks
 * @param stored what it added to the repository when it was made
 */
public record KeptPoint(
    RestorePointId id,
    VmRef vm,
    String vmName,
    Optional<PolicyId> policy,
    RunId run,
    Instant time,
    Optional<Lifetime> lifetime,
    ByteCount logical,
    ByteCount stored) {

  public KeptPoint {
    requireNonNull(id, "id");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(policy, "policy");
    requireNonNull(run, "run");
    requireNonNull(time, "time");
    requireNonNull(lifetime, "lifetime");
    requireNonNull(logical, "logical");
    requireNonNull(stored, "stored");
  }

  /** When it began to be kept. */
  public Instant since() {
    return lifetime.map(Lifetime::since).orElse(time);
  }

  public Optional<Instant> expires() {
    return lifetime.flatMap(Lifetime::expires);
  }

  /** Whether its time has ended. */
  boolean isDue(Instant now) {
    return expires().filter(end -> !end.isAfter(now)).isPresent();
  }
}
