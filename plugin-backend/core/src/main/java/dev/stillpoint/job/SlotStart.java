package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of a policy's slot.
 *
 * @param slot the slot's first instant
 * @param run the run that was started; empty: the start was missed
 * @param reason why it was missed, or why it was late; empty otherwise
 * @param noted when this was written down
 */
public record SlotStart(
    PolicyId policy, Instant slot, Optional<RunId> run, String reason, Instant noted) {

  public SlotStart {
    requireNonNull(policy, "policy");
    requireNonNull(slot, "slot");
    requireNonNull(run, "run");
    requireNonNull(reason, "reason");
    requireNonNull(noted, "noted");
  }

  public static SlotStart missed(PolicyId policy, Instant slot, String reason, Instant now) {
    return new SlotStart(policy, slot, Optional.empty(), reason, now);
  }
}
