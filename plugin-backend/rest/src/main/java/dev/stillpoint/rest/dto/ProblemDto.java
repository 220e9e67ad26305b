package dev.stillpoint.rest.dto;

import dev.stillpoint.job.Problem;

/** Why something failed. */
public record ProblemDto(String kind, String detail, String remedy) {

  public static ProblemDto of(Problem problem) {
    return new ProblemDto(problem.kind().name(), problem.detail(), problem.remedy());
  }
}
