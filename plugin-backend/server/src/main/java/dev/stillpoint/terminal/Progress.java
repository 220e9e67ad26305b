package dev.stillpoint.terminal;

import java.time.Duration;
import java.util.Optional;

/**
 * How far some work is: pure arithmetic.
 *
 * @param doneBytes what is done
 * @param totalBytes what there is to do as far as is known, estimated where it is not; zero when
 *     nothing is known yet
 * @param ended whether nothing more will be done
 */
public record Progress(long doneBytes, long totalBytes, boolean ended) {

  private static final Duration LONGEST_LEFT = Duration.ofDays(99);

  public Progress {
    if (doneBytes < 0 || totalBytes < 0) {
      throw new IllegalArgumentException("Negative progress: " + doneBytes + " of " + totalBytes);
    }
  }

  /** From 0 to 100; 100 only when all is done. */
  public int percent() {
    if (ended || totalBytes == 0) {
      return ended ? 100 : 0;
    }
    return (int) Math.min(100, 100.0 * doneBytes / totalBytes);
  }

  /** The time the rest takes at that rate; empty when the rate says nothing. */
  public Optional<Duration> timeLeft(double bytesPerSecond) {
    if (ended || totalBytes == 0 || !(bytesPerSecond >= 1)) {
      return Optional.empty();
    }
    double seconds = Math.max(0, totalBytes - doneBytes) / bytesPerSecond;
    return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)))
        .filter(left -> left.compareTo(LONGEST_LEFT) < 0);
  }
}
