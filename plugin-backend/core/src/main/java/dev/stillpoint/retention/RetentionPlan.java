package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.Reason;
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
   * @param reasons at least one
   */
  public record Decision(KeptPoint point, boolean keep, List<Reason> reasons) {

    public Decision {
      requireNonNull(point, "point");
      reasons = List.copyOf(reasons);
    }

    /** In words. */
    public String reason() {
      return Reason.text(reasons);
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
