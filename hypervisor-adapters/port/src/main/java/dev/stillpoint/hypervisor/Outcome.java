package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/**
 * What became of one thing that was to be brought back.
 *
 * @param what for people: {@code tag prod}
 * @param why it could not be brought back; empty when it was, or was there already
 */
public record Outcome(String what, String why) {

  public Outcome {
    requireNonNull(what, "what");
    requireNonNull(why, "why");
  }

  public static Outcome restored(String what) {
    return new Outcome(what, "");
  }

  public boolean isRestored() {
    return why.isEmpty();
  }
}
