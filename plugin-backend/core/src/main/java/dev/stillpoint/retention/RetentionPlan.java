package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What is kept and what goes.
 *
 * @param at the instant for which it was made
 * @param decisions one for each point, the VMs' points together, the newest first
 */
public record RetentionPlan(Instant at, List<Decision> decisions) {

  /**
   * What becomes of one point.
   *
   * @param keep otherwise it is expired
   * @param reason in words
   */
  public record Decision(KeptPoint point, boolean keep, String reason) {

    public Decision {
      requireNonNull(point, "point");
      requireNonNull(reason, "reason");
    }
  }

  public RetentionPlan {
    requireNonNull(at, "at");
    decisions = List.copyOf(decisions);
  }

  public List<Decision> expiring() {
    return decisions.stream().filter(decision -> !decision.keep()).toList();
  }
}
