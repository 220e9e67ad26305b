package dev.stillpoint.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.retention.Points.Around;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  private static Retention daily(int days) {
    return new Retention(Map.of(RunKind.DAILY, Period.ofDays(days)), 0, Gfs.NONE, VIENNA);
  }

  private static Retention rules(int keepLast, Gfs gfs) {
    return new Retention(Map.of(RunKind.DAILY, Period.ofDays(1)), keepLast, gfs, VIENNA);
  }

  /** Points of noon, so many days back, the oldest first. */
  private static List<KeptPoint> nightly(Retention retention, int count) {
    List<KeptPoint> points = new ArrayList<>();
    for (int day = count; day >= 1; day--) {
      points.add(Points.of(retention, RunKind.DAILY, NOW.minus(Duration.ofDays(day))));
    }
    return points;
  }

  private static List<String> kept(RetentionPlan plan) {
    return plan.decisions().stream()
        .filter(RetentionPlan.Decision::keep)
        .map(decision -> decision.point().time().toString().substring(0, 10))
        .toList();
  }

  private static String reason(RetentionPlan plan, KeptPoint point) {
    return plan.decisions().stream()
        .filter(decision -> decision.point().equals(point))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void aPointGoesWhenItsTimeHasEndedAndNotBefore() {
    Retention retention = daily(7);
    List<KeptPoint> points = nightly(retention, 9);

    RetentionPlan plan = new Around(NOW, retention).plan(points);

    assertThat(plan.expiring())
        .extracting(decision -> decision.point().time().toString().substring(0, 10))
        .containsExactly("2026-11-14", "2026-11-13", "2026-11-12");
    assertThat(plan.expiring().get(0).reason()).isEqualTo("its time ended 2026-11-21T12:00:00Z");
    assertThat(reason(plan, points.get(8))).isEqualTo("kept until 2026-11-27T12:00:00Z");
  }

  @Test
  void whatWasFixedStaysFixedWhenThePolicyIsChanged() {
    List<KeptPoint> points = nightly(daily(7), 9);
    assertThat(new Around(NOW, daily(365)).plan(points).expiring()).hasSize(3);
    assertThat(new Around(NOW, daily(1)).plan(points).expiring()).hasSize(3);
    assertThat(new Around(NOW, Retention.forever()).plan(points).expiring()).hasSize(3);
  }

  @Test
  void theNewestGoodPointStaysWhileThePolicyLives() {
    Retention retention = daily(1);
    List<KeptPoint> points = nightly(retention, 5);
    Around around = new Around(NOW.plus(Duration.ofDays(90)), retention);

    RetentionPlan plan = around.plan(points);

    assertThat(kept(plan)).containsExactly("2026-11-20");
    assertThat(reason(plan, points.get(4)))
        .isEqualTo("the newest good point that policy nightly has of it");
  }

  @Test
  void aDamagedPointIsNotTheNewestGoodOne() {
    Retention retention = daily(1);
    List<KeptPoint> points = nightly(retention, 5);
    Around around = new Around(NOW, retention).damaged(points.get(4)).damaged(points.get(3));
    assertThat(kept(around.plan(points))).containsExactly("2026-11-18");
  }

  @Test
  void allPointsOfADeletedPolicyGoInTheirTime() {
    Retention retention = daily(7);
    List<KeptPoint> points = nightly(retention, 9);
    Around around = new Around(NOW.plus(Duration.ofDays(30)), retention).withoutPolicy();

    RetentionPlan plan = around.plan(points);

    assertThat(plan.expiring()).hasSize(9);
    assertThat(reason(plan, points.get(0))).contains("its policy is deleted");
  }

  @Test
  void pointsOfADeletedVmStayUntilTheyExpireAndNoLonger() {
    Retention retention = daily(7);
    List<KeptPoint> points = nightly(retention, 3);
    assertThat(new Around(NOW, retention).vmGone().plan(points).expiring()).isEmpty();

    Around later = new Around(NOW.plus(Duration.ofDays(30)), retention).vmGone();
    assertThat(later.plan(points).expiring()).hasSize(3);
    assertThat(later.plan(points).expiring().get(0).reason()).endsWith("; the VM is deleted");
  }

  @Test
  void ofADeletedVmMonthsAreCountedBackFromToday() {
    Retention retention = rules(5, new Gfs(0, 0, 2, 0));
    List<KeptPoint> points = nightly(retention, 100);
    assertThat(kept(new Around(NOW, retention).vmGone().plan(points)))
        .containsExactly("2026-11-20", "2026-10-31");
    Around later = new Around(Instant.parse("2026-12-25T12:00:00Z"), retention).vmGone();
    assertThat(kept(later.plan(points))).containsExactly("2026-11-20", "2026-10-31");
    Around muchLater = new Around(Instant.parse("2027-02-25T12:00:00Z"), retention).vmGone();
    assertThat(muchLater.plan(points).expiring()).hasSize(100);
  }

  @Test
  void pointsWithoutAPolicyGoInTheirTimeAlsoTheNewest() {
    KeptPoint point =
        Points.of(
            Optional.empty(),
            NOW,
            Optional.of(new Lifetime(NOW, RunKind.MANUAL, Optional.of(NOW.plusSeconds(60)))));
    assertThat(new Around(NOW.plusSeconds(59), daily(1)).plan(List.of(point)).expiring()).isEmpty();
    assertThat(new Around(NOW.plusSeconds(60), daily(1)).plan(List.of(point)).expiring())
        .hasSize(1);
  }

  @Test
  void whatHasNoEndIsKeptAndSaysWhy() {
    KeptPoint early = Points.of(Optional.of(Points.POLICY), NOW, Optional.empty());
    KeptPoint manual = Points.of(daily(1), RunKind.MANUAL, NOW.plusSeconds(1));
    RetentionPlan plan =
        new Around(NOW.plus(Duration.ofDays(10_000)), daily(1)).plan(List.of(early, manual));
    assertThat(plan.expiring()).isEmpty();
    assertThat(reason(plan, early)).startsWith("made before there was retention");
    assertThat(reason(plan, manual)).startsWith("no time was set for points of manual runs");
  }

  @Test
  void aHeldPointStaysUntilTheHoldEnds() {
    Retention retention = daily(1);
    List<KeptPoint> points = nightly(retention, 5);
    KeptPoint held = points.get(0);

    RetentionPlan plan =
        new Around(NOW, retention).held(held, Optional.of(NOW.plusSeconds(1))).plan(points);
    assertThat(kept(plan)).containsExactly("2026-11-20", "2026-11-16");
    assertThat(reason(plan, held))
        .isEqualTo("held by admin@internal until 2026-11-21T12:00:01Z: a lawsuit");

    assertThat(kept(new Around(NOW, retention).held(held, Optional.of(NOW)).plan(points)))
        .containsExactly("2026-11-20");
    Around years = new Around(NOW.plus(Duration.ofDays(4000)), retention);
    assertThat(kept(years.held(held, Optional.empty()).plan(points)))
        .containsExactly("2026-11-20", "2026-11-16");
  }

  @Test
  void theLastAreKeptBeyondTheirTimeDamagedOnesNotCounted() {
    Retention retention = rules(3, Gfs.NONE);
    List<KeptPoint> points = nightly(retention, 9);
    Around around = new Around(NOW, retention).damaged(points.get(7));
    RetentionPlan plan = around.plan(points);
    assertThat(kept(plan)).containsExactly("2026-11-20", "2026-11-18", "2026-11-17");
    assertThat(reason(plan, points.get(5))).isEqualTo("one of the last 3, 3 of 3");
  }

  @Test
  void daysWeeksMonthsAndYearsKeepTheirNewestPoint() {
    Retention retention = rules(0, new Gfs(2, 3, 3, 2));
    List<KeptPoint> points = nightly(retention, 800);

    RetentionPlan plan = new Around(NOW, retention).plan(points);

    // Friday 2026-11-20 is the newest; weeks end on Sundays.
    assertThat(kept(plan))
        .containsExactly(
            "2026-11-20",
            "2026-11-19",
            "2026-11-15",
            "2026-11-08",
            "2026-10-31",
            "2026-09-30",
            "2025-12-31");
    assertThat(reason(plan, points.get(points.size() - 2)))
        .isEqualTo("daily: the newest of 2026-11-19, 2 of 2");
  }

  @Test
  void daysAreThoseOfThePolicysZone() {
    Retention retention = rules(0, new Gfs(2, 0, 0, 0));
    KeptPoint beforeMidnight =
        Points.of(retention, RunKind.DAILY, Instant.parse("2026-07-01T21:59:00Z"));
    KeptPoint afterMidnight =
        Points.of(retention, RunKind.DAILY, Instant.parse("2026-07-01T22:01:00Z"));
    assertThat(new Around(NOW, retention).plan(List.of(beforeMidnight, afterMidnight)).expiring())
        .isEmpty();
  }

  @Test
  void eachVmAndPolicyHasItsOwnNewest() {
    Retention retention = daily(1);
    List<KeptPoint> points = new ArrayList<>(nightly(retention, 2));
    points.add(Points.of(Optional.empty(), NOW.minusSeconds(5), points.get(0).lifetime()));
    assertThat(kept(new Around(NOW, retention).plan(points))).containsExactly("2026-11-20");
  }
}
