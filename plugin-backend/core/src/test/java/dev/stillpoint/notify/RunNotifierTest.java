package dev.stillpoint.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.testing.InMemoryPolicyStore;
import dev.stillpoint.testing.InMemorySiteStore;
import dev.stillpoint.testing.Samples;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunNotifierTest {

  private final Desk failures = new Desk(RunState.FAILED);
  private final Desk all = new Desk(RunState.values());
  private final InMemoryPolicyStore policies = new InMemoryPolicyStore();
  private final RunNotifier notifier =
      new RunNotifier(
          List.of(failures, all),
          policies,
          new InMemorySiteStore(),
          ZoneId.of("America/New_York"),
          Duration.ofMillis(5));

  /** Takes notices unless it was told to refuse some first. */
  private static final class Desk implements NoticeSender {

    private final List<RunState> wanted;
    private final BlockingQueue<RunReport> taken = new ArrayBlockingQueue<>(10);
    private final List<NoticeException> refusals = new ArrayList<>();
    private int attempts;

    Desk(RunState... wanted) {
      this.wanted = List.of(wanted);
    }

    @Override
    public String name() {
      return "desk";
    }

    @Override
    public boolean wants(RunState end) {
      return wanted.contains(end);
    }

    @Override
    public synchronized void send(RunReport report) throws NoticeException {
      attempts++;
      if (!refusals.isEmpty()) {
        throw refusals.remove(0);
      }
      taken.add(report);
    }

    synchronized void refuse(int times, boolean worthAnotherTry) {
      for (int i = 0; i < times; i++) {
        refusals.add(new NoticeException("closed", worthAnotherTry, null));
      }
    }

    synchronized int attempts() {
      return attempts;
    }

    RunReport next() throws InterruptedException {
      RunReport report = taken.poll(60, TimeUnit.SECONDS);
      assertThat(report).isNotNull();
      return report;
    }
  }

  @AfterEach
  void stop() {
    notifier.close();
  }

  private static Run ended(RunState state) {
    return Samples.queued("run-1")
        .start(Samples.TIME)
        .end(state, Optional.empty(), Samples.TIME.plusSeconds(1));
  }

  private static Run endedOf(PolicyId policy) {
    BackupRequest request =
        new BackupRequest(
            Optional.of(policy),
            List.of(new BackupRequest.NamedVm(new VmId("vm-1"), "web")),
            List.of(),
            Freezing.NONE);
    return Run.queued(new RunId("run-2"), Samples.SITE, request, Samples.TIME)
        .start(Samples.TIME)
        .end(RunState.FAILED, Optional.empty(), Samples.TIME.plusSeconds(1));
  }

  @Test
  void timesAreShownInUtcAndInThePolicysZoneElseInTheConfigurations() throws InterruptedException {
    Policy policy =
        Samples.scheduled(
            "policy-1",
            "nightly",
            new Schedule(
                new Recurrence.Daily(), 3, LocalDate.of(2026, 11, 1), ZoneId.of("Asia/Tokyo")));
    policies.put(policy);
    notifier.ended(endedOf(policy.id()));
    assertThat(all.next().text()).contains("08:15:30 UTC (2026-11-21 17:15:30 ");
    notifier.ended(ended(RunState.FAILED));
    assertThat(all.next().text()).contains("08:15:30 UTC (2026-11-21 03:15:30 ");
    policies.delete(policy.id());
    notifier.ended(endedOf(policy.id()));
    assertThat(all.next().text()).contains("08:15:30 UTC (2026-11-21 03:15:30 ");
  }

  @Test
  void tellsEachOfWhatHeWants() throws InterruptedException {
    notifier.ended(ended(RunState.SUCCEEDED));
    notifier.ended(ended(RunState.FAILED));
    assertThat(all.next().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(all.next().run().state()).isEqualTo(RunState.FAILED);
    assertThat(failures.next().run().state()).isEqualTo(RunState.FAILED);
    assertThat(failures.taken).isEmpty();
  }

  @Test
  void comesAgainUntilItIsTaken() throws InterruptedException {
    all.refuse(4, true);
    notifier.ended(ended(RunState.WARNING));
    assertThat(all.next().subject()).contains("warnings");
    assertThat(all.attempts()).isEqualTo(5);
  }

  @Test
  void givesUpAtOnceWhereItIsRefusedForGoodAndGoesOnWithTheNext() throws InterruptedException {
    all.refuse(1, false);
    notifier.ended(ended(RunState.CANCELLED));
    notifier.ended(ended(RunState.SUCCEEDED));
    assertThat(all.next().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(all.attempts()).isEqualTo(2);
  }
}
