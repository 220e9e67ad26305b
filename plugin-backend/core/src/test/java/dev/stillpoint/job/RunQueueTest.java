package dev.stillpoint.job;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Gate;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {

  @TempDir Path directory;
  private Workbench bench;
  private VmId vm;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("repository"));
    vm = bench.site.addVm("a", mebibytes(1));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aRunThatIsCancelledWhileItWaitsEndsAtOnceAndForGood() {
    bench.queue.start();
    Gate gate = Gate.before(FakeCall.OPEN_READER, bench);
    Run first = bench.queue.submit(Workbench.SITE, bench.backupOf(vm));
    Run second = bench.queue.submit(Workbench.SITE, bench.backupOf(vm));
    gate.awaitReached();
    assertThat(bench.queue.cancel(second.id()).state()).isEqualTo(RunState.CANCELLED);
    Run stored = bench.runs.find(second.id()).orElseThrow();
    assertThat(stored.state()).as("a restart must not bring it back").isEqualTo(RunState.CANCELLED);
    assertThat(stored.vms()).allMatch(task -> task.state() == TaskState.CANCELLED);
    assertThatThrownBy(() -> bench.queue.cancel(second.id()))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("has ended");
    gate.open();
    assertThat(bench.await(first.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.backup(vm).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.points()).hasSize(2);
    assertThat(bench.queue.find(second.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void aRunThatIsCancelledIsSaidToBeUntilItHasStopped() {
    bench.queue.start();
    Gate gate = Gate.before(FakeCall.OPEN_READER, bench);
    Run run = bench.queue.submit(Workbench.SITE, bench.backupOf(vm));
    gate.awaitReached();
    assertThat(bench.queue.isCancelling(run)).isFalse();
    Run asked = bench.queue.cancel(run.id());
    assertThat(asked.state()).as("the manager works on it").isEqualTo(RunState.RUNNING);
    assertThat(bench.queue.isCancelling(asked)).isTrue();
    gate.open();
    Run ended = bench.await(run.id());
    assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
    assertThat(bench.queue.isCancelling(ended)).isFalse();
  }

  @Test
  void whatIsAskedForBeforeTheStartWaitsForIt() throws InterruptedException {
    Run early = bench.queue.submit(Workbench.SITE, bench.backupOf(vm));
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(bench.queue.find(early.id()).orElseThrow().state()).isEqualTo(RunState.QUEUED);
    bench.queue.start();
    assertThat(bench.await(early.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.backup(vm).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.points()).as("carried out once").hasSize(2);
  }

  @Test
  void aRunWhoseEndCannotBeStoredIsSeenToEndAndIsStoredLater() {
    bench.queue.start();
    bench.site.faults().beforeEach(FakeCall.OPEN_READER, () -> bench.runs.full(true));
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.points()).hasSize(1);
    assertThat(bench.queue.unfinished()).as("it does not count as running for ever").isEmpty();
    bench.site.faults().clear();
    bench.runs.full(false);
    bench.backup(vm);
    Workbench.await(() -> bench.runs.find(run.id()).orElseThrow().state() == RunState.SUCCEEDED);
  }

  @Test
  void whoeverIsToldThatARunHasEndedFindsItsEndInTheStore() {
    List<RunState> stored = new CopyOnWriteArrayList<>();
    bench.queue.observe(
        new RunObserver() {
          @Override
          public void started(Run run, Supplier<Run> current) {}

          @Override
          public void ended(Run run) {
            stored.add(bench.runs.find(run.id()).orElseThrow().state());
          }
        });
    bench.queue.start();
    Run run = bench.backup(vm);
    assertThat(bench.runs.find(run.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    Workbench.await(() -> !stored.isEmpty());
    assertThat(stored).containsExactly(RunState.SUCCEEDED);
  }

  /** As slow as a database can be: what was listed is handed over when the run has long ended. */
  @Test
  void aRunThatEndsWhileItIsListedIsNotListedAsRunning() {
    CountDownLatch firstReads = new CountDownLatch(1);
    CountDownLatch listed = new CountDownLatch(1);
    CountDownLatch secondReads = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    RunExecutor backup =
        tracker -> {
          boolean isFirst = firstReads.getCount() > 0;
          (isFirst ? firstReads : secondReads).countDown();
          Workbench.await(isFirst ? listed : asked);
          tracker.vmState(0, TaskState.SUCCEEDED);
        };
    RunStore slow =
        new SlowLists(
            bench.runs,
            () -> {
              listed.countDown();
              Workbench.await(secondReads);
            });
    try (RunQueue queue = queue(slow, backup)) {
      queue.start();
      Run first = queue.submit(Workbench.SITE, bench.backupOf(vm));
      Run second = queue.submit(Workbench.SITE, bench.backupOf(vm));
      Workbench.await(firstReads);
      assertThat(queue.unfinished()).extracting(Run::id).containsExactly(second.id());
      assertThat(queue.find(first.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
      asked.countDown();
    }
  }

  private RunQueue queue(RunStore runs, RunExecutor backup) {
    return new RunQueue(
        runs,
        bench.journal,
        bench.sweeper,
        new RunExecutors(backup, backup),
        QueueSettings.USUAL,
        bench.clock,
        UUID::randomUUID);
  }

  /** Something happens between the list being made and being handed over. */
  private record SlowLists(RunStore runs, Runnable meanwhile) implements RunStore {

    @Override
    public void insert(Run run) {
      runs.insert(run);
    }

    @Override
    public void update(Run run) {
      runs.update(run);
    }

    @Override
    public Optional<Run> find(RunId id) {
      return runs.find(id);
    }

    @Override
    public List<Run> unfinished() {
      List<Run> made = runs.unfinished();
      if (!made.isEmpty()) {
        meanwhile.run();
      }
      return made;
    }

    @Override
    public List<Run> newest(int limit) {
      return runs.newest(limit);
    }

    @Override
    public List<Run> newestOf(PolicyId policy, int limit) {
      return runs.newestOf(policy, limit);
    }
  }

  @Test
  void anErrorOfTheRuntimeFailsItsVmWithAReasonAndLeavesNothing() {
    bench.queue.start();
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ,
            () -> {
              throw new StackOverflowError("too deep");
            });
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms().get(0).problem())
        .hasValueSatisfying(problem -> assertThat(problem.detail()).contains("too deep"));
    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void aLeftoverOnWhichTheAdapterStumblesDoesNotKeepTheOthersFromBeingSwept() {
    addLeftovers(3);
    CountDownLatch stumble = new CountDownLatch(1);
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.RELEASE,
            () -> {
              if (stumble.getCount() > 0) {
                stumble.countDown();
                throw new IllegalStateException("odd details");
              }
            });
    assertThat(bench.sweeper.sweep(bench.journal.all())).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.RELEASE,
            () -> {
              throw new IllegalStateException("odd details");
            });
    addLeftovers(2);
    assertThat(bench.sweeper.sweep(bench.journal.all())).hasSize(2);
    assertThat(bench.journal.all()).as("tried again later").hasSize(2);
  }

  @Test
  void aLoginThatIsRefusedIsTriedOnceForAllLeftoversLestTheAccountIsLocked() {
    addLeftovers(5);
    bench
        .site
        .faults()
        .failAlways(
            FakeCall.CONNECT,
            new StillpointException(ErrorKind.UNAUTHENTICATED, "wrong password", "correct it"));
    assertThat(bench.sweeper.sweep(bench.journal.all())).hasSize(1);
    assertThat(bench.site.faults().calls()).containsExactly(FakeCall.CONNECT);
  }

  private void addLeftovers(int count) {
    RunJournal left = new RunJournal(bench.journal, new RunId("old"), Workbench.SITE, bench.clock);
    for (int i = 0; i < count; i++) {
      left.intend(OutsideEffect.checkpoint(vm, new CheckpointId("checkpoint-" + i)));
    }
  }
}
