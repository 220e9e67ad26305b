package dev.stillpoint.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuePlanTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Schedule DAILY =
      new Schedule(new Recurrence.Daily(), 2, LocalDate.of(2026, 1, 1), BERLIN);
  private static final Slot SLOT = DAILY.next(Instant.parse("2026-11-21T12:00:00Z")).orElseThrow();

  static Policy policy(String id, Schedule schedule, boolean enabled) {
    return new Policy(
        new PolicyId(id),
        "policy " + id,
        new SiteId("site-1"),
        List.of(new VmId("vm-1")),
        List.of(),
        Freezing.NONE,
        enabled,
        Optional.empty(),
        Optional.of(schedule),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  private static DuePlan plan(Policy policy, List<SlotStart> kept, Instant last, Instant now) {
    return DuePlan.of(List.of(policy), kept, Optional.of(last), now);
  }

  /** A year of looks, some of them far apart, with nothing but the plan to go by. */
  @Test
  void howeverOftenOneLooksEverySlotIsStartedOrNotedOnce() {
    Random random = new Random(1);
    Policy policy = policy("1", DAILY, true);
    List<SlotStart> kept = new ArrayList<>();
    Instant begin = Instant.parse("2026-01-02T12:00:00Z");
    Instant end = Instant.parse("2027-01-02T12:00:00Z");
    Instant last = begin;
    for (Instant now = begin; now.isBefore(end); ) {
      DuePlan plan = plan(policy, kept, last, now);
      for (DuePlan.Due due : plan.starts()) {
        assertThat(due.slot().holds(now)).isTrue();
        kept.add(new SlotStart(policy.id(), due.slot().begin(), Optional.empty(), "started", now));
      }
      for (DuePlan.Due due : plan.missed()) {
        kept.add(SlotStart.missed(policy.id(), due.slot().begin(), "missed", now));
      }
      last = now;
      boolean isDown = random.nextInt(2000) == 0;
      now = now.plusSeconds(isDown ? random.nextInt(4 * 86_400) : 60 + random.nextInt(120));
    }
    assertThat(kept)
        .extracting(SlotStart::slot)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            DAILY.between(begin, last.minus(Slot.LENGTH)).stream().map(Slot::begin).toList());
    assertThat(kept).filteredOn(start -> start.reason().equals("missed")).hasSizeBetween(5, 200);
  }

  @Test
  void aStartWaitsForItsMinuteAndAStopWithinTheSlotMakesItLateNotMissed() {
    Policy policy = policy("1", DAILY, true);
    Instant planned = DuePlan.planned(policy.id(), SLOT);
    assertThat(plan(policy, List.of(), SLOT.begin(), planned.minusNanos(1)).starts()).isEmpty();
    assertThat(plan(policy, List.of(), SLOT.begin(), planned).starts()).hasSize(1);
    Instant last = SLOT.end().minusNanos(1);
    DuePlan late = plan(policy, List.of(), SLOT.begin().minusSeconds(9), last);
    assertThat(late.starts()).hasSize(1);
    assertThat(late.starts().get(0).delay(last)).contains("Planned for " + planned);
    assertThat(late.starts().get(0).delay(planned)).isEmpty();
    DuePlan passed = plan(policy, List.of(), SLOT.begin().minusSeconds(9), SLOT.end());
    assertThat(passed.starts()).isEmpty();
    assertThat(passed.missed()).extracting(DuePlan.Due::slot).containsExactly(SLOT);
  }

  @Test
  void aDisabledPolicyNeitherStartsNorMisses() {
    Policy disabled = policy("1", DAILY, false);
    assertThat(plan(disabled, List.of(), SLOT.begin(), SLOT.end().minusNanos(1)).starts())
        .isEmpty();
    assertThat(plan(disabled, List.of(), SLOT.begin(), SLOT.end()).missed()).isEmpty();
    Policy enabledLater = policy("1", DAILY, true);
    Instant tenDaysOn = SLOT.end().plus(Duration.ofDays(10)).plusSeconds(3600);
    DuePlan plan = plan(enabledLater, List.of(), tenDaysOn.minusSeconds(10), tenDaysOn);
    assertThat(plan.starts()).isEmpty();
    assertThat(plan.missed()).as("what passed while it was disabled is nobody's").isEmpty();
  }

  @Test
  void aClockThatIsPutBackByADayStartsNothingAgain() {
    Policy policy = policy("1", DAILY, true);
    Instant now = SLOT.end().minusSeconds(1);
    SlotStart kept =
        new SlotStart(policy.id(), SLOT.begin(), Optional.empty(), "", now.plusSeconds(86_400));
    DuePlan plan = plan(policy, List.of(kept), now.plusSeconds(86_400), now);
    assertThat(plan.starts()).isEmpty();
    assertThat(plan.missed()).isEmpty();
  }

  @Test
  void aClockThatIsPutForwardByADayNotesWhatItJumpedOver() {
    Policy policy = policy("1", DAILY, true);
    Instant before = SLOT.begin().minusSeconds(3600);
    DuePlan plan = plan(policy, List.of(), before, before.plus(Duration.ofDays(2)));
    assertThat(plan.missed()).hasSize(2);
    assertThat(plan.starts()).isEmpty();
  }

  @Test
  void aStopOfYearsIsNotedForTheLastMonthOnly() {
    Policy policy = policy("1", DAILY, true);
    DuePlan plan = plan(policy, List.of(), SLOT.end(), SLOT.end().plus(Duration.ofDays(900)));
    assertThat(plan.missed()).hasSizeBetween(30, 32);
  }

  @Test
  void theVeryFirstLookNotesNothing() {
    Policy policy = policy("1", DAILY, true);
    DuePlan plan = DuePlan.of(List.of(policy), List.of(), Optional.empty(), SLOT.end());
    assertThat(plan.missed()).isEmpty();
  }

  @Test
  void fiveHundredPoliciesInOneSlotAreSpreadOverItAndAlwaysInTheSameWay() {
    List<Policy> policies =
        IntStream.range(0, 500)
            .mapToObj(i -> policy("9f6d2c4e-0000-4000-8000-%012d".formatted(i), DAILY, true))
            .toList();
    int[] minutes = new int[60];
    Set<Instant> planned = new HashSet<>();
    for (Policy policy : policies) {
      Instant start = DuePlan.planned(policy.id(), SLOT);
      assertThat(start).isEqualTo(DuePlan.planned(policy.id(), SLOT));
      planned.add(start);
      minutes[(int) Duration.between(SLOT.begin(), start).toMinutes()]++;
    }
    assertThat(planned).hasSizeGreaterThan(400);
    for (int i = 0; i < 60; i++) {
      assertThat(minutes[i]).as("minute %d", i).isLessThanOrEqualTo(i < 50 ? 25 : 0);
    }
    long begin = System.nanoTime();
    DuePlan plan =
        DuePlan.of(policies, List.of(), Optional.of(SLOT.begin()), SLOT.end().minusNanos(1));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(plan.starts()).hasSize(500);
  }
}
