package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.retention.RetentionPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is kept and what goes; the newest points of each VM first. */
public record RetentionPlanDto(Instant at, int expiring, List<DecisionDto> items) {

  /**
   * What becomes of one point.
   *
   * @param decision {@code "keep"} or {@code "expire"}
   * @param reasons {@code reason} for programs
   */
  public record DecisionDto(
      String point,
      String vm,
      String vmName,
      Instant time,
      Optional<Instant> expires,
      @Words({"keep", "expire"}) String decision,
      String reason,
      List<ReasonDto> reasons,
      long bytesStored) {

    static DecisionDto of(RetentionPlan.Decision decision) {
      return new DecisionDto(
          decision.point().id().value(),
          decision.point().vm().vm().value(),
          decision.point().vmName(),
          decision.point().time(),
          decision.point().expires(),
          decision.keep() ? "keep" : "expire",
          decision.reason(),
          ReasonDto.of(decision.reasons()),
          decision.point().stored().bytes());
    }
  }

  public static RetentionPlanDto of(RetentionPlan plan) {
    return new RetentionPlanDto(
        plan.at(), plan.expiring().size(), plan.decisions().stream().map(DecisionDto::of).toList());
  }
}
