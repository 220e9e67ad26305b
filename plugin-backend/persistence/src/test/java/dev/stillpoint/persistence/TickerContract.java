package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is done again and again, on every database. */
abstract class TickerContract {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** The same database, empty at the beginning of each test. */
  abstract Database database();

  /** Closes it and opens it again, as a restart of the server does. */
  abstract Database reopen();

  /** The same database, as a second server opens it. */
  abstract Database second();

  @Test
  void doesItAgainAndAgainAlsoAfterAFailureAndAfterARestart() throws Exception {
    AtomicInteger done = new AtomicInteger();
    Runnable work =
        () -> {
          if (done.incrementAndGet() == 2) {
            throw new StillpointException(ErrorKind.STORAGE_UNAVAILABLE, "away", "");
          }
        };
    AutoCloseable ticker = database().again("work", INTERVAL, work, InstantSource.system());
    await(() -> done.get() >= 4);
    ticker.close();
    int before = done.get();
    Thread.sleep(300);
    assertThat(done.get()).as("closed").isEqualTo(before);
    try (AutoCloseable again = reopen().again("work", INTERVAL, work, InstantSource.system())) {
      assertThat(again).isNotNull();
      await(() -> done.get() >= before + 2);
    }
  }

  @Test
  void ofTwoServersOneDoesItAtATime() throws Exception {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable work =
        () -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          pause(20);
          atOnce.decrementAndGet();
          done.incrementAndGet();
        };
    try (Database second = second();
        AutoCloseable one = database().again("work", INTERVAL, work, InstantSource.system());
        AutoCloseable two = second.again("work", INTERVAL, work, InstantSource.system())) {
      assertThat(one).isNotEqualTo(two);
      await(() -> done.get() >= 10);
    }
    assertThat(most.get()).isEqualTo(1);
  }

  @Test
  void aClockThatIsPutBackByADayDoesNotMeanADayWithoutALook() throws Exception {
    TestingClock clock = new TestingClock(Instant.parse("2026-11-21T05:00:00Z"));
    AtomicInteger done = new AtomicInteger();
    try (AutoCloseable ticker = database().again("work", INTERVAL, done::incrementAndGet, clock)) {
      assertThat(ticker).isNotNull();
      await(
          () -> {
            clock.advance(INTERVAL);
            return done.get() >= 3;
          });
      clock.advance(Duration.ofDays(-1));
      int before = done.get();
      await(
          () -> {
            clock.advance(INTERVAL);
            return done.get() >= before + 3;
          });
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      pause(30);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
