package dev.stillpoint.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
  private static final int CAPACITY_GIB = 1000;

  private static List<SpaceDay> days(int count, IntUnaryOperator gibOnDay) {
    List<SpaceDay> days = new ArrayList<>();
    for (int day = 0; day < count; day++) {
      days.add(
          new SpaceDay(
              FIRST.plusDays(day),
              ByteCount.ofGibibytes(gibOnDay.applyAsInt(day)),
              ByteCount.ofGibibytes(CAPACITY_GIB)));
    }
    return days;
  }

  @Test
  void saysWhenItIsFullAtASteadyGrowth() {
    Forecast forecast = Forecast.of(days(31, day -> 100 + 10 * day));
    assertThat(forecast.bytesPerDay()).contains(10L << 30);
    // On the last day, 1 October, 600 GiB are free: 60 days.
    assertThat(forecast.fullOn()).contains(LocalDate.of(2026, 11, 30));
  }

  @Test
  void aFewOddDaysDoNotBendIt() {
    Forecast forecast = Forecast.of(days(31, day -> day % 7 == 3 ? 900 : 100 + 10 * day));
    assertThat(forecast.fullOn().orElseThrow())
        .isBetween(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 12, 5));
  }

  @Test
  void looksAtTheLastSixtyDaysOnly() {
    Forecast forecast = Forecast.of(days(200, day -> day < 100 ? 900 : 100 + (day - 100)));
    assertThat(forecast.bytesPerDay()).contains(1L << 30);
  }

  @Test
  void daysWithoutAFigureCountAsTime() {
    List<SpaceDay> days = days(31, day -> 100 + 10 * day);
    days.removeIf(day -> day.day().getDayOfMonth() % 3 != 1);
    assertThat(Forecast.of(days).bytesPerDay()).contains(10L << 30);
  }

  @Test
  void whatDoesNotGrowIsNeverFull() {
    assertThat(Forecast.of(days(10, day -> 500)).fullOn()).isEmpty();
    Forecast shrinking = Forecast.of(days(10, day -> 500 - day));
    assertThat(shrinking.fullOn()).isEmpty();
    assertThat(shrinking.bytesPerDay()).contains(-(1L << 30));
    assertThat(shrinking.reason()).contains("not within 20 years");
  }

  @Test
  void whatIsFullIsFullToday() {
    Forecast full = Forecast.of(days(10, day -> CAPACITY_GIB));
    assertThat(full.fullOn()).contains(FIRST.plusDays(9));
  }

  @Test
  void tooFewDaysSayNothing() {
    Forecast forecast = Forecast.of(days(2, day -> 100 * day));
    assertThat(forecast.fullOn()).isEmpty();
    assertThat(forecast.bytesPerDay()).isEmpty();
    assertThat(forecast.reason()).isEqualTo("known after 3 days, there are 2");
    assertThat(Forecast.of(List.of()).reason()).contains("there are 0");
  }

  @Test
  void tellsHowAVmGrows() {
    List<VmSpace> days = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      days.add(
          new VmSpace(
              FIRST.plusDays(day),
              new VmId("vm-1"),
              ByteCount.ofMebibytes(7 + 2L * day),
              ByteCount.ZERO));
    }
    assertThat(Forecast.growth(days)).contains(2L << 20);
    assertThat(Forecast.growth(days.subList(0, 2))).isEmpty();
  }
}
