package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * Whether what is about to be written will fit. Pure.
 *
 * @param reason with the figures, a sentence
 */
public record Admission(boolean admitted, String reason) {

  public Admission {
    requireNonNull(reason, "reason");
  }

  /**
   * @param predicted new bytes in the repository
   */
  public static Admission decide(ByteCount predicted, SpaceReport space) {
    boolean fits = predicted.compareTo(space.free()) <= 0;
    String figures = "about %s are to be stored and %s are free".formatted(predicted, space.free());
    return new Admission(
        fits,
        space
            .reserve()
            .map(reserve -> figures + ", of a reserve of " + reserve)
            .orElseGet(() -> figures + " on the disk"));
  }
}
