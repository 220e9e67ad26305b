package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a collection begins by itself.
 *
 * @param thresholdPercent when what was expired since the last one had stored so much of what is
 *     used; 0: none begins by itself
 * @param longest at the latest so long after the last one
 * @param window in which it may begin
 */
public record CollectSettings(int thresholdPercent, Duration longest, DayWindow window) {

  public CollectSettings {
    requireNonNull(longest, "longest");
    requireNonNull(window, "window");
    if (thresholdPercent < 0 || thresholdPercent > 100) {
      throw new IllegalArgumentException("Not a percentage: " + thresholdPercent);
    }
  }

  public static CollectSettings standard() {
    return new CollectSettings(5, Duration.ofDays(7), DayWindow.always());
  }
}
