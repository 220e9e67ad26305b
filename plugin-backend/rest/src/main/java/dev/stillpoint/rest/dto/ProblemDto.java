package dev.stillpoint.rest.dto;

import dev.stillpoint.job.Problem;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.rest.openapi.Words;

/** Why something failed. */
public record ProblemDto(
    @Words(of = ErrorKind.class, capitals = true) String kind, String detail, String remedy) {

  public static ProblemDto of(Problem problem) {
    return new ProblemDto(problem.kind().name(), problem.detail(), problem.remedy());
  }
}
