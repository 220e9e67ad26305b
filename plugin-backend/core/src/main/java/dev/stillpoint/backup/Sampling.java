package dev.stillpoint.backup;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * How much of what is said to be unchanged a backup looks at all the same.
 *
 * @param percent of it, 0 to 100; 0: nothing
 * @param most for each disk
 */
public record Sampling(int percent, ByteCount most) {

  public static final Sampling STANDARD = new Sampling(1, ByteCount.ofMebibytes(16));

  public Sampling {
    requireNonNull(most, "most");
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("Not a percentage: " + percent);
    }
  }
}
