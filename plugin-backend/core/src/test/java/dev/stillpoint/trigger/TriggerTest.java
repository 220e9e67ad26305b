package dev.stillpoint.trigger;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.schedule.Slot;
import dev.stillpoint.slot.SlotRules;
import dev.stillpoint.testing.InMemoryPolicyStore;
import dev.stillpoint.testing.InMemorySlotStartStore;
import dev.stillpoint.testing.Workbench;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that start by themselves, on a clock that a test moves. */
class TriggerTest {

  private static final PolicyId ID = new PolicyId("policy-1");
  private static final Instant BEGIN = Instant.parse("2026-11-22T02:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;
  private Workbench bench;
  private VmId vm;
  private InMemoryPolicyStore policies;
  private InMemorySlotStartStore starts;
  private Trigger trigger;
  private Planner planner;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("repository"));
    vm = bench.site.addVm("a", mebibytes(1));
    policies = new InMemoryPolicyStore();
    starts = new InMemorySlotStartStore(bench.runs);
    trigger = trigger();
    planner = new Planner(policies, bench.queue, new SlotRules(500), trigger, bench.clock);
    bench.queue.start();
    look(BEGIN.minus(Duration.ofHours(1)));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private Trigger trigger() {
    return new Trigger(policies, bench.sites, bench.queue, starts, bench.clock);
  }

  private static Schedule daily(int hour) {
    return new Schedule(new Recurrence.Daily(), hour, LocalDate.of(2026, 11, 1), ZoneOffset.UTC);
  }

  private Policy policy(int hour, boolean enabled) {
    return policy(ID, "nightly", daily(hour), enabled);
  }

  private Policy policy(PolicyId id, String name, Schedule schedule, boolean enabled) {
    return new Policy(
        id,
        name,
        Workbench.SITE,
        List.of(vm),
        List.of(),
        Freezing.NONE,
        enabled,
        Optional.empty(),
        Optional.of(schedule),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  private void look(Instant now) {
    bench.clock.set(now);
    trigger.look();
  }

  private List<Run> runs() {
    List<Run> runs = bench.queue.newest(1000);
    runs.forEach(run -> bench.await(run.id()));
    return bench.queue.newest(1000);
  }

  @Test
  void aPolicyStartsOnceInItsSlotHoweverManyServersLook() {
    policies.put(policy(2, true));
    Trigger other = trigger();
    for (Instant now = BEGIN.minusSeconds(60);
        now.isBefore(BEGIN.plus(Duration.ofMinutes(61)));
        now = now.plusSeconds(10)) {
      look(now);
      other.look();
    }
    assertThat(runs()).hasSize(1);
    assertThat(runs().get(0).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(starts.latest(ID, 9))
        .extracting(SlotStart::run)
        .containsExactly(Optional.of(runs().get(0).id()));
  }

  @Test
  void afterAStopWithinTheSlotItStartsLateAndSaysSo() {
    policies.put(policy(2, true));
    look(BEGIN.plus(Duration.ofMinutes(59)));
    assertThat(runs()).hasSize(1);
    assertThat(starts.latest(ID, 1).get(0).reason()).startsWith("Planned for");
  }

  @Test
  void whatWasMissedIsNotedAndNotStarted() {
    policies.put(policy(2, true));
    look(BEGIN.plus(Duration.ofHours(1)));
    assertThat(runs()).isEmpty();
    SlotStart missed = starts.latest(ID, 1).get(0);
    assertThat(missed.slot()).isEqualTo(BEGIN);
    assertThat(missed.run()).isEmpty();
    assertThat(missed.reason()).contains("did not run");
  }

  @Test
  void aClockThatJumpsADayBackAndForthStartsNothingTwice() {
    policies.put(policy(2, true));
    look(BEGIN.plus(Duration.ofMinutes(51)));
    look(BEGIN.plus(Duration.ofMinutes(51)).minus(DAY));
    look(BEGIN.plus(Duration.ofMinutes(52)));
    assertThat(starts.latest(ID, 9))
        .extracting(SlotStart::slot)
        .as("the day before, where the clock was for a while, is a slot too")
        .containsExactly(BEGIN, BEGIN.minus(DAY));
    assertThat(runs()).hasSize(2);
    look(BEGIN.plus(Duration.ofMinutes(53)).plus(DAY.multipliedBy(2)));
    assertThat(runs()).hasSize(3);
    assertThat(starts.latest(ID, 9))
        .filteredOn(start -> start.run().isEmpty())
        .extracting(SlotStart::slot)
        .containsExactly(BEGIN.plus(DAY));
  }

  @Test
  void aDisabledPolicyNeverStartsAndEnablingItDoesNotStartWhatWasMissed() {
    planner.put(policy(2, false));
    look(BEGIN.plus(Duration.ofMinutes(20)));
    planner.put(policy(2, true));
    for (int minute = 21; minute < 70; minute++) {
      look(BEGIN.plus(Duration.ofMinutes(minute)));
    }
    assertThat(runs()).isEmpty();
    assertThat(starts.latest(ID, 9)).hasSize(1);
    assertThat(starts.latest(ID, 9).get(0).reason()).contains("switched on when");
    look(BEGIN.plus(DAY).plus(Duration.ofMinutes(51)));
    assertThat(runs()).as("the next day").hasSize(1);
  }

  @Test
  void aPolicyThatIsSetForThePresentHourStartsInIt() {
    bench.clock.set(BEGIN.plus(Duration.ofMinutes(54)));
    planner.put(policy(2, true));
    look(BEGIN.plus(Duration.ofMinutes(54)));
    assertThat(runs()).hasSize(1);
    bench.clock.set(BEGIN.plus(Duration.ofMinutes(56)).plus(DAY));
    assertThatThrownBy(() -> planner.put(policy(new PolicyId("2"), "late", daily(2), true)))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("can no longer be set");
    Policy renamed = policy(ID, "another name", daily(2), true);
    planner.put(renamed);
    assertThat(policies.find(ID)).as("what is not moved is not judged").contains(renamed);
  }

  @Test
  void aPolicyThatIsEditedWhileItRunsKeepsItsRunAndStartsAtItsNewHour() {
    planner.put(policy(2, true));
    look(BEGIN.plus(Duration.ofMinutes(51)));
    VmId another = bench.site.addVm("b", mebibytes(1));
    Policy edited =
        new Policy(
            ID,
            "edited",
            Workbench.SITE,
            List.of(another),
            List.of(new DiskId("none")),
            Freezing.NONE,
            true,
            Optional.empty(),
            Optional.of(daily(4)),
            GroupSettings.STANDARD,
            Optional.empty());
    planner.put(edited);
    look(BEGIN.plus(Duration.ofMinutes(52)));
    assertThat(runs()).hasSize(1);
    assertThat(runs().get(0).vms()).extracting(t -> t.vm().orElseThrow()).containsExactly(vm);
    look(BEGIN.plus(Duration.ofMinutes(52 + 120)));
    assertThat(runs().get(0).vms()).extracting(t -> t.vm().orElseThrow()).containsExactly(another);
  }

  @Test
  void aVmThatIsGoneWhenTheRunStartsIsSkipped() {
    VmId gone = new VmId("gone");
    policies.put(
        new Policy(
            ID,
            "nightly",
            Workbench.SITE,
            List.of(vm, gone),
            List.of(),
            Freezing.NONE,
            true,
            Optional.empty(),
            Optional.of(daily(2)),
            GroupSettings.STANDARD,
            Optional.empty()));
    look(BEGIN.plus(Duration.ofMinutes(51)));
    assertThat(runs().get(0).vms())
        .extracting(task -> task.state())
        .containsExactly(TaskState.SUCCEEDED, TaskState.SKIPPED);
  }

  @Test
  void aSiteThatIsAwayForADayMissesItsSlotsWithTheReasonAndIsNotAskedAllTheTime() {
    policies.put(policy(2, true));
    policies.put(policy(new PolicyId("p2"), "second", daily(2), true));
    bench.sites.session(Workbench.SITE);
    bench
        .site
        .faults()
        .failAlways(
            FakeCall.LIST,
            new StillpointException(
                ErrorKind.HYPERVISOR_UNAVAILABLE, "The engine does not answer", "Wait."));
    for (int minute = 0; minute < 70; minute++) {
      look(BEGIN.plus(Duration.ofMinutes(minute)));
      look(BEGIN.plus(Duration.ofMinutes(minute)).plusSeconds(20));
    }
    assertThat(runs()).isEmpty();
    assertThat(starts.since(BEGIN)).hasSize(2);
    assertThat(starts.since(BEGIN))
        .allMatch(start -> start.reason().contains("The engine does not answer"));
    assertThat(bench.site.faults().calls().stream().filter(call -> call == FakeCall.LIST).count())
        .as("once a minute for both policies")
        .isBetween(10L, 61L);
    bench.site.faults().clear();
    look(BEGIN.plus(DAY).plus(Duration.ofMinutes(51)));
    assertThat(runs()).hasSize(2);
  }

  @Test
  void aRefusedLoginIsNotTriedAgainForAWhile() {
    policies.put(policy(2, true));
    bench.sites.close();
    bench
        .site
        .faults()
        .failAlways(
            FakeCall.CONNECT,
            new StillpointException(ErrorKind.UNAUTHENTICATED, "wrong password", "correct it"));
    for (int second = 0; second < 3600; second += 10) {
      look(BEGIN.plusSeconds(second));
    }
    assertThat(bench.site.faults().calls().stream().filter(call -> call == FakeCall.CONNECT))
        .hasSizeBetween(1, 4);
  }

  @Test
  void aPolicyThatSelectsNothingSaysSo() {
    policies.put(
        new Policy(
            ID,
            "selecting",
            Workbench.SITE,
            List.of(),
            List.of(),
            Freezing.NONE,
            true,
            Optional.of(new Selector(List.of(Selector.Rule.parse("tag=none")), List.of())),
            Optional.of(daily(2)),
            GroupSettings.STANDARD,
            Optional.empty()));
    look(BEGIN.plus(Duration.ofMinutes(51)));
    assertThat(runs()).isEmpty();
    assertThat(starts.latest(ID, 1).get(0).reason()).contains("selects no VM");
  }

  @Test
  void fiveHundredPoliciesInOneSlotEachStartOnce() {
    List<PolicyId> ids = IntStream.range(0, 500).mapToObj(i -> new PolicyId("p" + i)).toList();
    ids.forEach(id -> planner.put(policy(id, "policy " + id, daily(2), true)));
    assertThatThrownBy(() -> planner.put(policy(new PolicyId("x"), "one more", daily(2), true)))
        .hasMessageContaining("500 of 500");
    // Of this thread alone: the machine may be busy with other things, the first run among them.
    ThreadMXBean work = ManagementFactory.getThreadMXBean();
    long began = work.getCurrentThreadCpuTime();
    look(BEGIN.plus(Duration.ofMinutes(51)));
    assertThat(Duration.ofNanos(work.getCurrentThreadCpuTime() - began))
        .isLessThan(Duration.ofSeconds(10));
    look(BEGIN.plus(Duration.ofMinutes(52)));
    assertThat(starts.since(BEGIN)).hasSize(500).allMatch(start -> start.run().isPresent());
    assertThat(bench.queue.newest(1000)).hasSize(500);
  }

  @Test
  void weeksPassInSecondsAndNoDayIsSkippedOrDoubled() {
    policies.put(policy(2, true));
    for (int day = 0; day < 60; day++) {
      look(BEGIN.plus(DAY.multipliedBy(day)).plus(Duration.ofMinutes(51)));
      runs();
    }
    assertThat(starts.latest(ID, 1000))
        .hasSize(60)
        .allMatch(start -> start.run().isPresent())
        .extracting(SlotStart::slot)
        .doesNotHaveDuplicates();
    Slot next = planner.next(policies.find(ID).orElseThrow()).orElseThrow();
    assertThat(next.begin()).isEqualTo(BEGIN.plus(DAY.multipliedBy(60)));
    assertThat(bench.queue.length(ID)).as("learnt from history").isPresent();
  }
}
