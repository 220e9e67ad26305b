package dev.stillpoint.job;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Gate;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done again after a refusal, a stop or a kill: each once. */
class RepeatedRunTest {

  private static final Duration PAUSE = Duration.ofMinutes(5);

  @TempDir Path directory;
  private Workbench bench;
  private VmId a;
  private VmId b;

  @BeforeEach
  void start() {
    bench =
        new Workbench(
            directory.resolve("repository"), new QueueSettings(2, new RetryRule(3, PAUSE)));
    a = bench.site.addVm("a", mebibytes(1));
    b = bench.site.addVm("b", mebibytes(1));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static BackupRequest byPolicy(VmId... vms) {
    return new BackupRequest(
        Optional.of(new PolicyId("policy-1")),
        Arrays.stream(vms).map(vm -> new BackupRequest.NamedVm(vm, "vm " + vm)).toList(),
        List.of(),
        Freezing.NONE);
  }

  private List<Run> repeats() {
    return bench.runs.newest(100).stream()
        .filter(run -> ((BackupRequest) run.request()).repeat().isPresent())
        .toList();
  }

  /** The queue looks by itself each few seconds; what is submitted makes it look at once. */
  private void lookNow() {
    VmId other = bench.site.addVm("other", mebibytes(1));
    bench.backup(other);
  }

  @Test
  void whatThePlatformRefusedIsTriedAgainAfterAPauseAndOnlyThat() {
    bench.queue.start();
    bench
        .site
        .faults()
        .failAlways(
            FakeCall.TAKE_SNAPSHOT,
            new StillpointException(ErrorKind.HYPERVISOR_UNAVAILABLE, "away", "wait"));
    Run failed = bench.run(byPolicy(a, new VmId("gone")));
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    bench.site.faults().clear();
    Workbench.await(() -> !repeats().isEmpty());
    lookNow();
    assertThat(repeats()).hasSize(1);
    Run repeat = repeats().get(0);
    assertThat(repeat.state()).as("not before its time").isEqualTo(RunState.QUEUED);
    assertThat(repeat.vms()).extracting(VmTask::vm).containsExactly(Optional.of(a));
    assertThat(failed.vms().get(0).notes())
        .anyMatch(n -> n.contains("again in run " + repeat.id()));
    bench.clock.advance(PAUSE);
    lookNow();
    assertThat(bench.await(repeat.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(repeats()).hasSize(1);
  }

  @Test
  void aRunThatAKillInterruptedIsEndedAndItsVmsQueuedOnceHoweverOftenTheServerDies() {
    Run interrupted =
        Run.queued(new RunId("was-running"), Workbench.SITE, byPolicy(a, b), bench.clock.instant())
            .start(bench.clock.instant())
            .withVm(0, task -> task.withState(TaskState.SUCCEEDED))
            .withVm(1, task -> task.withState(TaskState.READING));
    bench.runs.insert(interrupted);
    bench.runs.full(true);
    for (int death = 0; death < 3; death++) {
      assertThatThrownBy(bench.queue::start)
          .as("it dies after what is done again is kept, and before the end is")
          .isInstanceOf(StillpointException.class);
      bench = bench.restart();
    }
    bench.runs.full(false);
    bench.queue.start();
    assertThat(bench.runs.find(interrupted.id()).orElseThrow().state()).isEqualTo(RunState.FAILED);
    assertThat(repeats()).hasSize(1);
    assertThat(repeats().get(0).vms()).extracting(VmTask::vm).containsExactly(Optional.of(b));
    bench = bench.restart();
    bench.queue.start();
    bench.clock.advance(PAUSE.multipliedBy(2));
    lookNow();
    assertThat(bench.await(repeats().get(0).id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(repeats()).hasSize(1);
    assertThat(bench.points()).as("b once, and the VM that made it look").hasSize(2);
  }

  @Test
  void aServerThatIsStoppedTakesItsPolicysRunUpAgain() {
    bench.queue.start();
    Gate gate = Gate.before(FakeCall.READ, bench);
    VmId twoDisks = bench.site.addVm("two disks", mebibytes(1), mebibytes(1));
    Run run = bench.queue.submit(Workbench.SITE, byPolicy(twoDisks));
    gate.awaitReached();
    Thread stop = new Thread(bench.queue::close);
    stop.start();
    // It has asked the run to stop, and waits for it.
    Workbench.await(() -> stop.getState() == Thread.State.TIMED_WAITING);
    gate.open();
    bench = bench.restart();
    bench.site.faults().clear();
    Run stopped = bench.runs.find(run.id()).orElseThrow();
    assertThat(stopped.state()).isEqualTo(RunState.CANCELLED);
    assertThat(stopped.problem().orElseThrow().detail()).contains("server stopped");
    assertThat(repeats()).hasSize(1);
    bench.queue.start();
    bench.clock.advance(PAUSE.multipliedBy(2));
    lookNow();
    assertThat(bench.await(repeats().get(0).id()).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void aRunThatSomebodyCancelledIsNotTakenUpAgain() {
    bench.queue.start();
    Gate gate = Gate.before(FakeCall.READ, bench);
    VmId twoDisks = bench.site.addVm("two disks", mebibytes(1), mebibytes(1));
    Run run = bench.queue.submit(Workbench.SITE, byPolicy(twoDisks));
    gate.awaitReached();
    bench.queue.cancel(run.id());
    gate.open();
    assertThat(bench.await(run.id()).state()).isEqualTo(RunState.CANCELLED);
    assertThat(repeats()).isEmpty();
    bench.site.faults().clear();
    Run again = bench.queue.rerun(run.id());
    assertThat(bench.await(again.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThatThrownBy(() -> bench.queue.rerun(again.id())).hasMessageContaining("No VM of run");
  }

  @Test
  void twoRunsGoOnAtOnceUnlessTheyAreAboutTheSameVm() {
    bench.queue.start();
    CountDownLatch bothRead = new CountDownLatch(2);
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.OPEN_READER,
            () -> {
              bothRead.countDown();
              Workbench.await(bothRead);
            });
    Run first = bench.queue.submit(Workbench.SITE, bench.backupOf(a));
    Run same = bench.queue.submit(Workbench.SITE, bench.backupOf(a));
    Run other = bench.queue.submit(Workbench.SITE, bench.backupOf(b));
    assertThat(bench.await(first.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.await(other.id()).state()).isEqualTo(RunState.SUCCEEDED);
    Run last = bench.await(same.id());
    assertThat(last.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.points()).hasSize(3);
    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void whoWaitsIsToldHisPlace() {
    Run first = bench.queue.submit(Workbench.SITE, bench.backupOf(a));
    bench.queue.start();
    assertThat(bench.await(first.id()).state()).isEqualTo(RunState.SUCCEEDED);
    Gate gate = Gate.before(FakeCall.OPEN_READER, bench);
    Run running = bench.queue.submit(Workbench.SITE, bench.backupOf(a));
    gate.awaitReached();
    Run second = bench.queue.submit(Workbench.SITE, bench.backupOf(a));
    QueueForecast.Position place = bench.queue.positions().get(second.id());
    assertThat(place.number()).isEqualTo(1);
    assertThat(place.reason()).contains("Run " + running.id() + " is about vm");
    gate.open();
    bench.await(second.id());
    assertThat(bench.queue.positions()).isEmpty();
  }
}
