package dev.stillpoint.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who tries passwords: after three failures each further try has to wait, longer and
 * longer, up to a minute. It is counted for each name and address by itself, so nobody can lock
 * somebody else out. Thread-safe.
 */
final class SignInPace {

  private static final int FREE = 3;
  private static final int MOST = 10_000;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Map<String, Failures> failed = new LinkedHashMap<>();

  private record Failures(int count, Instant last) {

    Instant next() {
      long seconds = count < FREE ? 0 : 1L << Math.min(count - FREE, 10);
      return last.plusSeconds(Math.min(LONGEST.toSeconds(), seconds));
    }
  }

  SignInPace(InstantSource clock) {
    this.clock = clock;
  }

  /** Zero: now. */
  synchronized Duration mustWait(String who) {
    Instant now = clock.instant();
    forget(now);
    Failures before = failed.get(who);
    return before == null || !now.isBefore(before.next())
        ? Duration.ZERO
        : Duration.between(now, before.next());
  }

  private void forget(Instant now) {
    failed.values().removeIf(one -> !now.isBefore(one.last().plus(FORGOTTEN)));
  }

  synchronized void failed(String who) {
    forget(clock.instant());
    Failures before = failed.remove(who);
    if (failed.size() >= MOST) {
      failed.remove(failed.keySet().iterator().next());
    }
    failed.put(who, new Failures(before == null ? 1 : before.count() + 1, clock.instant()));
  }

  synchronized void succeeded(String who) {
    failed.remove(who);
  }
}
