package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TestingClockTest {

  @Test
  void movesOnlyWhenTold() {
    TestingClock clock = new TestingClock(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    clock.advance(Duration.ofMinutes(2));
    assertThat(clock.millis()).isEqualTo(120_000);
    clock.set(Instant.EPOCH.plusNanos(1));
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusNanos(1));
  }
}
