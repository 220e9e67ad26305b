package dev.stillpoint.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.schedule.Slot;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:20:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private final SlotRules rules = new SlotRules(2);

  private static Schedule daily(int hour) {
    return new Schedule(new Recurrence.Daily(), hour, TODAY, ZoneOffset.UTC);
  }

  private static List<PlannedPolicy> planned(Schedule... schedules) {
    return IntStream.range(0, schedules.length)
        .mapToObj(
            i ->
                new PlannedPolicy(
                    new PolicyId("p" + i),
                    "policy " + i,
                    schedules[i],
                    Optional.of(Duration.ofMinutes(i))))
        .toList();
  }

  private StillpointException refusal(Schedule wanted, List<PlannedPolicy> others) {
    return catchThrowableOfType(
        StillpointException.class, () -> rules.requireFree(wanted, others, NOW));
  }

  @Test
  void aFullSlotIsRefusedWithTheNearestHourOfTheDay() {
    StillpointException refusal = refusal(daily(2), planned(daily(2), daily(2), daily(3)));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(refusal).hasMessageContaining("Sunday 2026-11-22 02:00 Z is full: 2 of 2");
    assertThat(refusal.remedy()).contains("hour 3");
    refusal = refusal(daily(2), planned(daily(2), daily(2), daily(3), daily(3)));
    assertThat(refusal.remedy()).contains("hour 1");
    assertThatCode(() -> rules.requireFree(daily(4), planned(daily(2), daily(2)), NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void aSlotThatIsFullOnOneDayOfManyIsFoundAndTheAdviceIsFreeOnAllOfThem() {
    Schedule monday =
        new Schedule(new Recurrence.Weekly(Set.of(DayOfWeek.MONDAY)), 2, TODAY, ZoneOffset.UTC);
    StillpointException refusal =
        refusal(daily(2), planned(monday, monday, monday.withHour(3), monday.withHour(3)));
    assertThat(refusal).hasMessageContaining("Monday 2026-11-23 02:00");
    assertThat(refusal.remedy()).contains("hour 1");
  }

  @Test
  void aDayWithoutAFreeHourSendsToTheSameHourOfTheNearestDay() {
    List<Schedule> full = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      Schedule sunday =
          new Schedule(new Recurrence.OneTime(), hour, TODAY.plusDays(1), ZoneOffset.UTC);
      full.add(sunday);
      full.add(sunday);
    }
    Schedule wanted = new Schedule(new Recurrence.OneTime(), 2, TODAY.plusDays(1), ZoneOffset.UTC);
    StillpointException refusal = refusal(wanted, planned(full.toArray(Schedule[]::new)));
    assertThat(refusal.remedy()).contains("Monday 2026-11-23 02:00");
  }

  @Test
  void hoursThatHavePassedAreNotAdvised() {
    Schedule today = new Schedule(new Recurrence.OneTime(), 11, TODAY, ZoneOffset.UTC);
    StillpointException refusal =
        refusal(today, planned(today, today, today.withHour(12), today.withHour(12)));
    assertThat(refusal.remedy()).as("the present hour is still open").contains("hour 10");
    refusal =
        refusal(
            today,
            planned(today, today, today.withHour(12), today.withHour(12), daily(10), daily(10)));
    assertThat(refusal.remedy()).as("9 has passed").contains("hour 13");
  }

  @Test
  void zonesShareTheHoursOfTheWorld() {
    Schedule berlin = new Schedule(new Recurrence.Daily(), 3, TODAY, ZoneId.of("Europe/Berlin"));
    assertThat(refusal(daily(2), planned(berlin, berlin))).isNotNull();
    assertThat(refusal(daily(3), planned(berlin, berlin))).as("that is Berlin at 4").isNull();
  }

  @Test
  void inItsLastFiveMinutesThePresentHourIsClosed() {
    Instant hour = Instant.parse("2026-11-21T10:00:00Z");
    rules.requireOpen(daily(10), hour.plus(Duration.ofMinutes(55)).minusNanos(1));
    for (Duration late : List.of(Duration.ofMinutes(55), Duration.ofMinutes(60).minusNanos(1))) {
      StillpointException refusal =
          catchThrowableOfType(
              StillpointException.class, () -> rules.requireOpen(daily(10), hour.plus(late)));
      assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
      assertThat(refusal).hasMessageContaining("Saturday 2026-11-21 10:00 Z ends in less than 5");
    }
    rules.requireOpen(daily(11), hour.plus(Duration.ofMinutes(59)));
    Schedule tomorrow = new Schedule(new Recurrence.Daily(), 10, TODAY.plusDays(1), ZoneOffset.UTC);
    rules.requireOpen(tomorrow, hour.plus(Duration.ofMinutes(59)));
  }

  @Test
  void fiveHundredPoliciesInOneSlotAreCountedAtOnce() {
    SlotRules large = new SlotRules(500);
    Schedule[] many = IntStream.range(0, 499).mapToObj(i -> daily(2)).toArray(Schedule[]::new);
    List<PlannedPolicy> others = planned(many);
    // Of this thread alone: the machine may be busy with other things.
    ThreadMXBean work = ManagementFactory.getThreadMXBean();
    long begin = work.getCurrentThreadCpuTime();
    large.requireFree(daily(2), others, NOW);
    WeekPlan week = WeekPlan.from(NOW, others);
    assertThat(Duration.ofNanos(work.getCurrentThreadCpuTime() - begin))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(week.hours()).hasSize(168);
    assertThat(week.hours().stream().filter(h -> h.starts().size() == 499)).hasSize(7);
    assertThat(refusal(daily(2), others)).hasMessageContaining("499 of 2");
  }

  @Test
  void theWeekBeginsWithThePresentHourAndAddsUpHowLongItsRunsTake() {
    WeekPlan week = WeekPlan.from(NOW, planned(daily(10), daily(11), daily(11)));
    assertThat(week.hours().get(0).begin()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(week.hours().get(0).starts()).hasSize(1);
    assertThat(week.hours().get(1).predicted()).isEqualTo(Duration.ofMinutes(3));
    assertThat(week.hours().get(1).starts())
        .extracting(start -> start.slot().begin())
        .containsOnly(Instant.parse("2026-11-21T11:00:00Z"));
    assertThat(week.hours().get(167).begin().plus(Slot.LENGTH))
        .isEqualTo(Instant.parse("2026-11-28T10:00:00Z"));
  }
}
