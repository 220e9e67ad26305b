package dev.stillpoint.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

  private static Retention of(RunKind kind, Period period, String zone) {
    return new Retention(Map.of(kind, period), 0, Gfs.NONE, ZoneId.of(zone));
  }

  /** By the calendar: a day is 23 or 25 hours where clocks change, a month ends where it ends. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Tokyo, P1D, 2026-03-31T15:00:00Z, 2026-04-01T15:00:00Z",
    "Europe/Vienna, P1D, 2026-03-28T22:00:00Z, 2026-03-29T21:00:00Z",
    "Europe/Vienna, P1D, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "UTC, P1M, 2026-01-31T10:00:00Z, 2026-02-28T10:00:00Z",
    "UTC, P1Y, 2028-02-29T10:00:00Z, 2029-02-28T10:00:00Z",
  })
  void countsFromTheStartByTheCalendarOfItsZone(
      String zone, String period, String start, String end) {
    Lifetime lifetime =
        of(RunKind.WEEKLY, Period.parse(period), zone)
            .lifetime(RunKind.WEEKLY, Instant.parse(start));
    assertThat(lifetime.since()).isEqualTo(start);
    assertThat(lifetime.expires()).contains(Instant.parse(end));
  }

  @Test
  void aKindOfWhichNothingIsSaidHasNoEnd() {
    Instant start = Instant.parse("2026-01-31T10:00:00Z");
    Retention weekly = of(RunKind.WEEKLY, Period.ofWeeks(1), "UTC");
    assertThat(weekly.lifetime(RunKind.MANUAL, start).expires()).isEmpty();
    assertThat(Retention.forever().lifetime(RunKind.DAILY, start).expires()).isEmpty();
    for (RunKind kind : RunKind.values()) {
      assertThat(Retention.standard().lifetime(kind, start).expires()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P-1D", "P101Y", "P40000D"})
  void refusesATimeThatCannotBe(String period) {
    assertThatThrownBy(() -> of(RunKind.DAILY, Period.parse(period), "UTC"))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("daily");
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThatThrownBy(() -> new Retention(Map.of(), -1, Gfs.NONE, ZoneOffset.UTC))
        .isInstanceOf(StillpointException.class);
    assertThatThrownBy(() -> new Gfs(0, 0, 10_001, 0)).isInstanceOf(StillpointException.class);
  }

  @ParameterizedTest
  @CsvSource({"30d, P30D", "8w, P56D", "12m, P12M", "7y, P7Y", "' 1 d', P1D"})
  void readsTimesAsPeopleWriteThem(String text, String period) {
    assertThat(KeepTime.parse(text)).isEqualTo(Period.parse(period));
    assertThat(KeepTime.parse(KeepTime.text(Period.parse(period)))).isEqualTo(Period.parse(period));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "d", "1h", "-1d", "1.5d", "999999d", "1d2w"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> KeepTime.parse(text)).isInstanceOf(StillpointException.class);
  }
}
