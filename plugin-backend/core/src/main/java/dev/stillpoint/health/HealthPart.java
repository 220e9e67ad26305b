package dev.stillpoint.health;

import static java.util.Objects.requireNonNull;

/**
 * How a part of the server is.
 *
 * @param name {@code database}, {@code repository}, {@code scheduler}
 * @param reason one sentence
 */
public record HealthPart(String name, State state, String reason) {

  /** From the best to the worst. */
  public enum State {
    UP,
    /** It works, and somebody should look at it. */
    DEGRADED,
    DOWN
  }

  public HealthPart {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
  }
}
