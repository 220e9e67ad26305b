package dev.stillpoint.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.testing.InMemoryPolicyStore;
import dev.stillpoint.testing.InMemoryRunStore;
import dev.stillpoint.testing.InMemorySlotStartStore;
import dev.stillpoint.testing.Samples;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotRunStartsTest {

  private static final PolicyId POLICY = new PolicyId("p");
  private static final Instant SLOT = Instant.parse("2026-11-21T02:00:00Z");
  private static final Instant LATER = SLOT.plusSeconds(2400);

  private final InMemoryPolicyStore policies = new InMemoryPolicyStore();
  private final InMemoryRunStore runs = new InMemoryRunStore();
  private final InMemorySlotStartStore slots = new InMemorySlotStartStore(runs);
  private final SlotRunStarts starts = new SlotRunStarts(policies, slots, runs);

  @BeforeEach
  void aPolicyThatStartedOnce() {
    policies.put(
        Samples.scheduled(
            POLICY.value(),
            "nightly",
            new Schedule(new Recurrence.Daily(), 2, LocalDate.of(2026, 11, 20), ZoneOffset.UTC)));
    slots.start(
        run("first", Optional.empty()),
        new SlotStart(POLICY, SLOT, Optional.of(new RunId("first")), "", LATER));
  }

  private static Run run(String id, Optional<BackupRequest.Repeat> repeat) {
    return Run.queued(
        new RunId(id),
        Samples.SITE,
        new BackupRequest(
            Optional.of(POLICY),
            List.of(new BackupRequest.NamedVm(new VmId("vm-1"), "web")),
            List.of(),
            Freezing.NONE,
            repeat,
            GroupSettings.STANDARD),
        LATER);
  }

  @Test
  void whatAScheduleStartedCountsFromItsSlot() {
    assertThat(starts.of(run("first", Optional.empty())))
        .isEqualTo(new RunStarts.Start(SLOT, RunKind.DAILY));
  }

  @Test
  void itsRepetitionsCountFromTheSameSlot() {
    BackupRequest.Repeat repeat = new BackupRequest.Repeat(new RunId("first"), 1, LATER);
    Run second = run("second", Optional.of(repeat));
    runs.insert(second);
    assertThat(starts.of(second)).isEqualTo(new RunStarts.Start(SLOT, RunKind.DAILY));
    BackupRequest.Repeat again = new BackupRequest.Repeat(second.id(), 2, LATER);
    assertThat(starts.of(run("third", Optional.of(again))))
        .isEqualTo(new RunStarts.Start(SLOT, RunKind.DAILY));
  }

  @Test
  void whatSomebodyAskedForCountsFromItsOwnStart() {
    Run asked = run("by-hand", Optional.empty()).start(LATER.plusSeconds(5));
    assertThat(starts.of(asked))
        .isEqualTo(new RunStarts.Start(LATER.plusSeconds(5), RunKind.MANUAL));
  }
}
