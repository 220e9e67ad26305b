package dev.stillpoint.protection;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.Reason;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How well one VM is protected.
 *
 * @param policies that are enabled and name or select it
 * @param nextStart the first of theirs that is known
 */
public record VmProtection(
    VmRef vm,
    String name,
    State state,
    Reason reason,
    List<PolicyName> policies,
    Optional<Instant> nextStart,
    VmFigures figures) {

  /** What it comes to. */
  public enum State {
    /** An enabled policy covers it, and there is a point. */
    PROTECTED,
    /** An enabled policy covers it, but there is no point yet. */
    WAITING,
    /** No enabled policy covers it, whether or not there are points. */
    UNPROTECTED,
    /** Not at its site any more; its points stay until they expire. */
    GONE
  }

  /** A policy, for people and for links. */
  public record PolicyName(PolicyId id, String name) {}

  public VmProtection {
    requireNonNull(vm, "vm");
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
    policies = List.copyOf(policies);
    requireNonNull(nextStart, "nextStart");
    requireNonNull(figures, "figures");
  }
}
