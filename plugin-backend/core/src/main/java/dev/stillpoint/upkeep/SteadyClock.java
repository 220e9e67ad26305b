package dev.stillpoint.upkeep;

import java.time.Duration;
import java.time.Instant;

/**
 * Knows when the clock on the wall was set ahead. What a wrong clock expires is lost, so after a
 * jump it is believed only when it has gone on steadily for an hour.
 */
final class SteadyClock {

  private static final Duration TOLERANCE = Duration.ofMinutes(10);
  private static final Duration PROBATION = Duration.ofMinutes(55);

  private final Upkeep.Clocks clocks;
  private Instant lastWall;
  private long lastNanos;
  private long doubtedUntil;
  private boolean doubted;

  SteadyClock(Upkeep.Clocks clocks) {
    this.clocks = clocks;
    this.lastWall = clocks.wall().instant();
    this.lastNanos = clocks.nanos().getAsLong();
  }

  Instant now() {
    return clocks.wall().instant();
  }

  /** Whether the clock has gone on steadily; asked now and then. */
  synchronized boolean trusted() {
    Instant wall = clocks.wall().instant();
    long nanos = clocks.nanos().getAsLong();
    Duration ahead = Duration.between(lastWall, wall).minus(Duration.ofNanos(nanos - lastNanos));
    lastWall = wall;
    lastNanos = nanos;
    if (ahead.compareTo(TOLERANCE) > 0) {
      doubted = true;
      doubtedUntil = nanos + PROBATION.toNanos();
    } else if (doubted && (nanos - doubtedUntil >= 0 || ahead.compareTo(TOLERANCE.negated()) < 0)) {
      doubted = false;
    }
    return !doubted;
  }
}
