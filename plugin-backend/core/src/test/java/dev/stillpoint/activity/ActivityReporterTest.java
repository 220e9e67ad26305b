package dev.stillpoint.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.ActivityLog.Event;
import dev.stillpoint.hypervisor.ActivityLog.Severity;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.hypervisor.testing.FakeTask;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.testing.InMemoryEventNumberStore;
import dev.stillpoint.testing.InMemoryPolicyStore;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of our runs in the manager. */
class ActivityReporterTest {

  @TempDir Path directory;
  private Workbench bench;
  private final InMemoryPolicyStore policies = new InMemoryPolicyStore();
  private ActivityReporter reporter;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("r"));
    reporter = reporter(bench, new InMemoryEventNumberStore());
    bench.queue.start();
  }

  private ActivityReporter reporter(Workbench on, EventNumberStore numbers) {
    ActivityReporter made =
        new ActivityReporter(
            on.sites, policies, on.journal, numbers, on.sweeper, on.clock, Duration.ofMillis(5));
    on.queue.observe(made);
    return made;
  }

  @AfterEach
  void stop() {
    bench.queue.close();
    reporter.close();
    bench.close();
  }

  @Test
  void aRunIsATaskWithAStepForEachDiskAndAnEventForEachVm() {
    VmId one = bench.site.addVm("one", Workbench.mebibytes(1), Workbench.mebibytes(1));
    VmId two = bench.site.addVm("two", Workbench.mebibytes(1));
    policies.put(
        new Policy(
            new PolicyId("p-1"),
            "nightly",
            Workbench.SITE,
            List.of(one, two),
            List.of(),
            Freezing.NONE,
            true,
            Optional.empty(),
            Optional.empty(),
            GroupSettings.STANDARD,
            Optional.empty()));
    BackupRequest request = bench.backupOf(one, two);

    Run run =
        bench.run(
            new BackupRequest(
                Optional.of(new PolicyId("p-1")),
                request.vms(),
                request.excludedDisks(),
                request.freezing()));

    Workbench.await(() -> bench.site.console().events().size() == 2);
    FakeTask task = bench.site.console().tasks().get("Stillpoint " + run.id());
    assertThat(task.description)
        .contains("backup of vm " + one + ", vm " + two)
        .contains("policy nightly")
        .contains(run.id().value());
    assertThat(task.state).isEqualTo("done");
    assertThat(task.steps)
        .hasSize(3)
        .allSatisfy((step, state) -> assertThat(state).isEqualTo("done"));
    Event first = bench.site.console().events().get(1);
    assertThat(first.severity()).isEqualTo(Severity.NORMAL);
    assertThat(first.vm()).contains(one);
    assertThat(first.text()).contains("succeeded, ").contains("policy nightly");
    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void whatFailedIsAnErrorWithItsReasonOnItsVmAlone() {
    VmId good = bench.site.addVm("good", Workbench.mebibytes(1));
    VmId gone = bench.site.addVm("gone", Workbench.mebibytes(1));
    bench.site.faults().failNext(FakeCall.EXTENTS, refused("the disk is on fire"));

    Run run = bench.backup(good, gone);

    Workbench.await(() -> bench.site.console().events().size() == 2);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(bench.site.console().events().values())
        .extracting(Event::severity)
        .containsExactlyInAnyOrder(Severity.NORMAL, Severity.ERROR);
    assertThat(bench.site.console().events().values())
        .anySatisfy(event -> assertThat(event.text()).contains("failed: the disk is on fire"));
    assertThat(bench.site.console().tasks().get("Stillpoint " + run.id()).state)
        .isEqualTo("failed");
  }

  @Test
  void aManagerThatTakesNoEventsAndTasksDisturbsNoRun() {
    bench.site.faults().failAlways(FakeCall.ACTIVITY, refused("you may not"));

    Run run = bench.backup(bench.site.addVm("vm", Workbench.mebibytes(1)));

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    // Its task and its event: both come after the run's end.
    Workbench.await(() -> refusedCalls() == 2);
    bench.site.faults().clear();
    Run next = bench.backup(bench.site.vm("vm").orElseThrow());
    Workbench.await(() -> !bench.site.console().events().isEmpty());
    assertThat(next.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.site.console().events().values())
        .singleElement()
        .satisfies(event -> assertThat(event.text()).contains(next.id().value()));
  }

  @Test
  void aManagerThatDoesNotAnswerHoldsNoRunUp() {
    CountDownLatch answer = new CountDownLatch(1);
    bench.site.faults().beforeEach(FakeCall.ACTIVITY, () -> awaitCount(answer));
    try {
      Run run = bench.backup(bench.site.addVm("vm", Workbench.mebibytes(1)));
      assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(bench.site.console().events()).isEmpty();
    } finally {
      answer.countDown();
    }
    Workbench.await(() -> bench.site.console().events().size() == 1);
  }

  @Test
  void eventsAreNumberedAboveWhatTheManagerHas() {
    VmId vm = bench.site.addVm("vm", Workbench.mebibytes(1));
    bench.backup(vm);
    Workbench.await(() -> bench.site.console().events().size() == 1);
    bench.queue.close();
    reporter.close();
    try (Workbench restored = bench.restart();
        ActivityReporter fresh = reporter(restored, new InMemoryEventNumberStore())) {
      assertThat(fresh).isNotNull();
      restored.queue.start();
      restored.backup(vm);
      Workbench.await(() -> restored.site.console().events().size() == 2);
      assertThat(restored.site.console().events()).containsOnlyKeys(1, 2);
      restored.queue.close();
    }
  }

  @Test
  void numbersThatTheManagerRefusesThoughItDoesNotListThemAreLeaptOver() {
    for (int number = 1; number <= 300; number++) {
      bench.site.console().forgetEvent(number);
    }

    bench.backup(bench.site.addVm("vm", Workbench.mebibytes(1)));

    Workbench.await(() -> bench.site.console().events().size() == 1);
    assertThat(bench.site.console().events().keySet())
        .allMatch(number -> number > 300 && number < 1100);
  }

  @Test
  void theTaskOfAServerThatDiedIsEndedAndItsRunToldOf() {
    // What the first one left must not be swept by it, the moment it is made.
    bench.queue.close();
    reporter.close();
    VmId vm = bench.site.addVm("vm", Workbench.mebibytes(1));
    RunId id = new RunId("was-running");
    Run interrupted =
        Run.queued(id, Workbench.SITE, bench.backupOf(vm), bench.clock.instant())
            .start(bench.clock.instant());
    bench.runs.insert(interrupted);
    try (var session = bench.site.open()) {
      session
          .activityLog()
          .startTask(
              "Stillpoint was-running",
              "x",
              new RunJournal(bench.journal, id, Workbench.SITE, bench.clock));
    }

    try (Workbench restarted = bench.restart();
        ActivityReporter fresh = reporter(restarted, new InMemoryEventNumberStore())) {
      assertThat(fresh).isNotNull();
      restarted.queue.start();
      Workbench.await(
          () -> restarted.journal.all().isEmpty() && restarted.site.console().events().size() == 1);
      Map<String, FakeTask> tasks = restarted.site.console().tasks();
      assertThat(tasks.get("Stillpoint was-running").state).isEqualTo("failed");
      assertThat(restarted.site.console().events().get(1).text())
          .contains("failed")
          .contains("stopped");
      restarted.queue.close();
    }
  }

  private long refusedCalls() {
    return bench.site.faults().calls().stream().filter(FakeCall.ACTIVITY::equals).count();
  }

  private static StillpointException refused(String why) {
    return new StillpointException(ErrorKind.HYPERVISOR_REFUSED, why, "Do something");
  }

  private static void awaitCount(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
