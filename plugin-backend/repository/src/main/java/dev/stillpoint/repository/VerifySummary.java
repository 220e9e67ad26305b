package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.time.Duration;
import java.util.List;

/**
 * What {@link Repository#verifyAll} found.
 *
 * @param samplePercent which part of the chunks was read
 * @param points restore points whose maps were read
 * @param chunksChecked chunks that were read, each once
 * @param nodesChecked parts of disk maps that were read, each once
 * @param bytesRead from the packs, for the chunks
 * @param duration how long it took
 * @param problems a sentence each, naming point, image, bytes and pack; at most a thousand, then
 *     one that says how many more
 */
public record VerifySummary(
    int samplePercent,
    int points,
    long chunksChecked,
    long nodesChecked,
    ByteCount bytesRead,
    Duration duration,
    List<String> problems) {

  public VerifySummary {
    requireNonNull(bytesRead, "bytesRead");
    requireNonNull(duration, "duration");
    problems = List.copyOf(problems);
  }

  /** Whether nothing wrong was found. */
  public boolean ok() {
    return problems.isEmpty();
  }
}
