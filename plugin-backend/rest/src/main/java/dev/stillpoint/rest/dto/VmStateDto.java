package dev.stillpoint.rest.dto;

import dev.stillpoint.history.VmState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of the last backup of a VM.
 *
 * @param good when the last run ended that made a restore point of it
 * @param point that restore point
 */
public record VmStateDto(
    String site,
    String vm,
    String vmName,
    String run,
    @Words(of = TaskState.class) String state,
    Instant ended,
    Optional<Instant> good,
    Optional<String> point,
    Optional<String> problem) {

  public static VmStateDto of(VmState state) {
    return new VmStateDto(
        state.site().value(),
        state.vm().value(),
        state.vmName(),
        state.run().value(),
        state.state().name().toLowerCase(Locale.ROOT),
        state.ended(),
        state.good(),
        state.point().map(RestorePointId::value),
        state.problem());
  }
}
