package dev.stillpoint.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.retention.Points.Around;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three years of daily runs with the plan carried out every day, by random rules and zones. */
class RetentionYearsTest {

  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Vienna",
          "Asia/Tokyo",
          "America/Sao_Paulo",
          "Pacific/Apia",
          "Australia/Lord_Howe");
  private static final int DAYS = 3 * 365;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatTheRulesPromiseIsThereOnEveryDay(long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    Retention retention =
        new Retention(
            Map.of(RunKind.DAILY, Period.ofDays(1 + random.nextInt(20))),
            random.nextInt(6),
            new Gfs(random.nextInt(15), random.nextInt(10), random.nextInt(14), random.nextInt(4)),
            zone);
    List<KeptPoint> kept = new ArrayList<>();
    Set<KeptPoint> everMade = new HashSet<>();
    LocalDate first = LocalDate.of(2024, 1, 1);
    for (int day = 0; day < DAYS; day++) {
      Instant start =
          ZonedDateTime.of(first.plusDays(day), LocalTime.of(random.nextInt(24), 0), zone)
              .toInstant();
      if (random.nextInt(10) > 0) {
        KeptPoint made = Points.of(retention, RunKind.DAILY, start);
        kept.add(made);
        everMade.add(made);
      }
      Instant now = start.plusSeconds(60L * random.nextInt(600));
      RetentionPlan plan = new Around(now, retention).plan(kept);
      assertThat(plan.decisions()).hasSize(kept.size());
      assertSound(plan, kept, retention, now);
      plan.expiring().forEach(decision -> kept.remove(decision.point()));
      // The same plan again: it does not go on eating.
      assertThat(new Around(now, retention).plan(kept).expiring()).isEmpty();
    }
    assertThat(everMade).hasSizeGreaterThan(kept.size());
    int most =
        (int) retention.keepFor().get(RunKind.DAILY).get(ChronoUnit.DAYS)
            + 2
            + retention.keepLast()
            + retention.gfs().daily()
            + retention.gfs().weekly()
            + retention.gfs().monthly()
            + retention.gfs().yearly();
    assertThat(kept).hasSizeLessThanOrEqualTo(most);
  }

  private static void assertSound(
      RetentionPlan plan, List<KeptPoint> before, Retention retention, Instant now) {
    List<KeptPoint> newestFirst = new ArrayList<>(before);
    newestFirst.sort((a, b) -> b.time().compareTo(a.time()));
    Set<KeptPoint> going = new HashSet<>();
    plan.expiring().forEach(decision -> going.add(decision.point()));
    assertThat(plan.decisions()).noneMatch(decision -> decision.reason().isBlank());
    assertThat(going).allMatch(point -> !point.expires().orElseThrow().isAfter(now));
    int sure = Math.max(1, retention.keepLast());
    assertThat(newestFirst.stream().limit(sure)).noneMatch(going::contains);
    // The newest of each month that counts is there still.
    Set<String> months = new HashSet<>();
    for (KeptPoint point : newestFirst) {
      String month = point.time().atZone(retention.zone()).toLocalDate().toString().substring(0, 7);
      if (months.size() < retention.gfs().monthly() && months.add(month)) {
        assertThat(going).doesNotContain(point);
      }
    }
  }
}
