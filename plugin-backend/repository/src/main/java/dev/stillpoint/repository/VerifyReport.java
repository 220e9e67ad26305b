package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.RestorePointId;
import java.util.List;

/**
 * What {@link Repository#verify} found.
 *
 * @param point the restore point
 * @param chunksChecked chunks read, one per place in an image
 * @param bytesRead compressed bytes read for them
 * @param problems a sentence each, naming image, offset and pack; at most a thousand, then one that
 *     says how many more
 */
public record VerifyReport(
    RestorePointId point, long chunksChecked, ByteCount bytesRead, List<String> problems) {

  public VerifyReport {
    requireNonNull(point, "point");
    requireNonNull(bytesRead, "bytesRead");
    problems = List.copyOf(problems);
  }

  /** Whether the point can be restored in full. */
  public boolean ok() {
    return problems.isEmpty();
  }
}
