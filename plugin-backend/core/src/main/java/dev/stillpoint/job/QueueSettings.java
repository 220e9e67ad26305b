package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How many runs at a time, and what is tried again.
 *
 * @param parallelRuns at least one
 */
public record QueueSettings(int parallelRuns, RetryRule retries) {

  /** One run at a time; three more attempts, after five, fifteen and forty-five minutes. */
  public static final QueueSettings USUAL =
      new QueueSettings(1, new RetryRule(3, Duration.ofMinutes(5)));

  public QueueSettings {
    requireNonNull(retries, "retries");
    if (parallelRuns < 1) {
      throw new IllegalArgumentException("At least one run at a time: " + parallelRuns);
    }
  }

  QueueOrder order() {
    return new QueueOrder(parallelRuns);
  }
}
