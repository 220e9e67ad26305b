package dev.stillpoint.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.health.HealthPart.State;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.TestingClock;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {

  @TempDir Path directory;
  private final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T08:00:00Z"));
  private Workbench bench;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("repository"));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private Health health(Supplier<Optional<Instant>> lastLook, Path repository) {
    return health(lastLook, repository, Duration.ofMinutes(1));
  }

  private Health health(Supplier<Optional<Instant>> lastLook, Path repository, Duration patience) {
    return new Health(lastLook, bench.repository, repository, clock, patience);
  }

  private Health health(Supplier<Optional<Instant>> lastLook) {
    return health(lastLook, directory.resolve("repository"));
  }

  private static State state(Health health, String part) {
    return health.parts().stream()
        .filter(one -> one.name().equals(part))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void allIsWell() {
    try (Health health = health(() -> Optional.of(clock.instant()))) {
      assertThat(health.state()).isEqualTo(State.UP);
    }
  }

  @Test
  void aSchedulerThatDoesNotLookIsTold() {
    Instant look = clock.instant().minusSeconds(3600);
    try (Health health = health(() -> Optional.of(look))) {
      assertThat(health.state()).as("just started").isEqualTo(State.UP);
      clock.advance(Duration.ofMinutes(3));
      assertThat(state(health, "scheduler")).isEqualTo(State.DEGRADED);
      assertThat(health.state()).isEqualTo(State.DEGRADED);
    }
  }

  @Test
  void aDatabaseThatFailsMeansDownUntilItIsBack() {
    AtomicInteger failing = new AtomicInteger(1);
    Supplier<Optional<Instant>> database =
        () -> {
          if (failing.get() > 0) {
            throw new StillpointException(ErrorKind.STORAGE_UNAVAILABLE, "It is away", "Wait.");
          }
          return Optional.of(clock.instant());
        };
    try (Health health = health(database)) {
      assertThat(health.state()).isEqualTo(State.DOWN);
      assertThat(health.parts().toString()).contains("It is away");
      failing.set(0);
      assertThat(health.state()).as("asked at most each two seconds").isEqualTo(State.DOWN);
      clock.advance(Duration.ofSeconds(3));
      assertThat(health.state()).isEqualTo(State.UP);
    }
  }

  @Test
  void aDatabaseThatHangsIsAskedOnceAndTheAnswerComesAllTheSame() throws InterruptedException {
    CountDownLatch back = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger questions = new AtomicInteger();
    Supplier<Optional<Instant>> database =
        () -> {
          questions.incrementAndGet();
          asked.countDown();
          try {
            back.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.of(clock.instant());
        };
    Path repository = directory.resolve("repository");
    try (Health health = health(database, repository, Duration.ofMillis(200))) {
      assertThat(health.state()).isEqualTo(State.DOWN);
      clock.advance(Duration.ofSeconds(3));
      assertThat(health.state()).isEqualTo(State.DOWN);
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(questions).hasValue(1);
      back.countDown();
    }
  }

  @Test
  void aRepositoryThatIsNotThereMeansDown() {
    try (Health health = health(() -> Optional.of(clock.instant()), directory.resolve("none"))) {
      assertThat(state(health, "repository")).isEqualTo(State.DOWN);
    }
  }
}
