package dev.stillpoint.hypervisor.lab.model;

import java.time.Instant;

/** How much was written in the last ten seconds. Safe for use by many threads. */
final class WriteMeter {
  private static final int WINDOW_SECONDS = 10;

  private final long[] bytes = new long[WINDOW_SECONDS];
  private final long[] seconds = new long[WINDOW_SECONDS];

  synchronized void wrote(long count, Instant now) {
    long second = now.getEpochSecond();
    int slot = (int) Math.floorMod(second, (long) WINDOW_SECONDS);
    if (seconds[slot] != second) {
      seconds[slot] = second;
      bytes[slot] = 0;
    }
    bytes[slot] += count;
  }

  synchronized long rate(Instant now) {
    long sum = 0;
    for (int slot = 0; slot < WINDOW_SECONDS; slot++) {
      if (now.getEpochSecond() - seconds[slot] < WINDOW_SECONDS) {
        sum += bytes[slot];
      }
    }
    return sum / WINDOW_SECONDS;
  }
}
