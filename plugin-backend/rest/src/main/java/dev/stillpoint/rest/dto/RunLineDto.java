package dev.stillpoint.rest.dto;

import dev.stillpoint.history.RunLine;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.rest.openapi.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A run in a list.
 *
 * @param vmName of its first VM
 * @param seconds from its start to its end
 * @param problem the first there was
 */
public record RunLineDto(
    String id,
    @Words({"backup", "restore"}) String kind,
    String site,
    Optional<String> policy,
    @Words(of = RunState.class) String state,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Double> seconds,
    String vmName,
    int vmCount,
    long bytesRead,
    long bytesStored,
    Optional<String> problem) {

  public static RunLineDto of(RunLine line) {
    return new RunLineDto(
        line.id().value(),
        line.kind().name().toLowerCase(Locale.ROOT),
        line.site().value(),
        line.policy().map(PolicyId::value),
        line.state().name().toLowerCase(Locale.ROOT),
        line.created(),
        line.started(),
        line.ended(),
        line.started().flatMap(from -> line.ended().map(to -> seconds(from, to))),
        line.vmName(),
        line.vmCount(),
        line.read().bytes(),
        line.stored().bytes(),
        line.problem());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
