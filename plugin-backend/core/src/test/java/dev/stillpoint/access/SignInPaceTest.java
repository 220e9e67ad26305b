package dev.stillpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInPaceTest {

  private final TestingClock clock = new TestingClock(Instant.EPOCH);
  private final SignInPace pace = new SignInPace(clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      pace.failed("mallory");
    }
  }

  @Test
  void twoFailuresCostNothing() {
    fail(2);
    assertThat(pace.mustWait("mallory")).isZero();
  }

  @Test
  void eachFurtherFailureDoublesTheWaitUpToAMinute() {
    fail(3);
    assertThat(pace.mustWait("mallory")).isEqualTo(Duration.ofSeconds(1));
    fail(2);
    assertThat(pace.mustWait("mallory")).isEqualTo(Duration.ofSeconds(4));
    clock.advance(Duration.ofSeconds(4));
    assertThat(pace.mustWait("mallory")).isZero();
    fail(1000);
    assertThat(pace.mustWait("mallory")).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void nobodyElseWaitsAndSuccessOrTimeMakesItGood() {
    fail(9);
    assertThat(pace.mustWait("alice")).isZero();
    pace.succeeded("mallory");
    assertThat(pace.mustWait("mallory")).isZero();
    fail(9);
    clock.advance(Duration.ofMinutes(15));
    fail(1);
    assertThat(pace.mustWait("mallory")).isZero();
  }

  @Test
  void whatIsRememberedIsBounded() {
    fail(9);
    for (int i = 0; i < 10_000; i++) {
      pace.failed("user-" + i);
    }
    assertThat(pace.mustWait("mallory")).isZero();
  }
}
