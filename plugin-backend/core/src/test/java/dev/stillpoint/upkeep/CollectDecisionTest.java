package dev.stillpoint.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.upkeep.CollectDecision.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectDecisionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant LATELY = NOW.minus(Duration.ofDays(1));

  private static Figures figures(Optional<Instant> last, int expiredGib, int freeGib) {
    return new Figures(
        last,
        Optional.of(LATELY),
        ByteCount.ofGibibytes(expiredGib),
        ByteCount.ofGibibytes(100),
        ByteCount.ofGibibytes(freeGib));
  }

  private static CollectSettings settings(int percent, String window) {
    return new CollectSettings(percent, Duration.ofDays(7), DayWindow.parse(window));
  }

  private static CollectDecision decide(Figures figures, CollectSettings settings) {
    return CollectDecision.decide(figures, settings, NOW);
  }

  @Test
  void beginsWhenEnoughHasExpired() {
    assertThat(decide(figures(Optional.of(LATELY), 5, 100), settings(5, "any")))
        .isEqualTo(new CollectDecision(true, "expired points had 5.0 GiB"));
    assertThat(decide(figures(Optional.of(LATELY), 4, 100), settings(5, "any")))
        .isEqualTo(
            new CollectDecision(
                false, "expired points had 4.0 GiB, less than 5 % of what is used"));
  }

  @Test
  void beginsAtTheLatestAfterAWhile() {
    Optional<Instant> weekAgo = Optional.of(NOW.minus(Duration.ofDays(7)));
    assertThat(decide(figures(weekAgo, 0, 100), settings(5, "any")).start()).isTrue();
    assertThat(
            decide(figures(weekAgo.map(i -> i.plusNanos(1)), 0, 100), settings(5, "any")).start())
        .isFalse();
    assertThat(decide(figures(Optional.empty(), 0, 100), settings(5, "any")).start()).isFalse();
  }

  @Test
  void waitsForItsWindowUnlessSpaceIsScarce() {
    CollectDecision waits =
        decide(figures(Optional.of(LATELY), 50, 100), settings(5, "22:00-06:00"));
    assertThat(waits.start()).isFalse();
    assertThat(waits.reason()).endsWith("waits for the window 22:00-06:00 Z");
    CollectDecision scarce =
        decide(figures(Optional.of(LATELY), 1, 10), settings(5, "22:00-06:00"));
    assertThat(scarce.start()).isTrue();
    assertThat(scarce.reason()).startsWith("only 10.0 GiB are free");
    assertThat(decide(figures(Optional.of(LATELY), 0, 10), settings(5, "22:00-06:00")).start())
        .isFalse();
  }

  @Test
  void doesNothingByItselfWhereItIsSwitchedOff() {
    assertThat(decide(figures(Optional.of(LATELY), 99, 0), settings(0, "any")).start()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "any, 2026-11-21T12:00:00Z, true",
    "22:00-06:00, 2026-11-21T21:59:59Z, false",
    "22:00-06:00, 2026-11-21T22:00:00Z, true",
    "22:00-06:00, 2026-11-21T05:59:59Z, true",
    "22:00-06:00, 2026-11-21T06:00:00Z, false",
    "01:00-03:00 Europe/Berlin, 2026-11-21T00:00:00Z, true",
    "01:00-03:00 Europe/Berlin, 2026-11-21T02:00:00Z, false",
  })
  void knowsPartsOfTheDay(String window, String instant, boolean holds) {
    assertThat(DayWindow.parse(window).holds(Instant.parse(instant))).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22", "22:00", "22:00-", "25:00-06:00", "22:00-06:00 Mars/Base"})
  void refusesWhatIsNoPartOfADay(String text) {
    assertThatThrownBy(() -> DayWindow.parse(text)).isInstanceOf(StillpointException.class);
  }
}
