package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many threads may do at once to a database. */
abstract class ConcurrencyContract {

  private static final int THREADS = 8;
  private static final int ROUNDS = 25;

  /** The same database, empty at the beginning of each test. */
  abstract Database database();

  @Test
  void losesNothingOfWhatEightThreadsDoAtOnce() throws Exception {
    onEightThreads(
        thread -> {
          for (int round = 0; round < ROUNDS; round++) {
            work(thread + "-" + round);
          }
          return true;
        });

    assertThat(database().runs().newest(1000))
        .hasSize(THREADS * ROUNDS)
        .allMatch(run -> run.state() == RunState.SUCCEEDED);
    assertThat(database().runs().unfinished()).isEmpty();
    assertThat(database().catalog().ids()).hasSize(THREADS * ROUNDS);
    assertThat(database().journal().all())
        .hasSize(THREADS * ROUNDS)
        .allMatch(entry -> entry.effect().kind() == Kind.CHECKPOINT);
  }

  /** What a run does to the database, and a screen that looks on. */
  private void work(String name) {
    Database db = database();
    OutsideEffect snapshot = Samples.effect(Kind.SNAPSHOT, name);
    Run run = Samples.queued(name);
    db.runs().insert(run);
    db.journal().add(List.of(Samples.entry(name, snapshot)));
    Run started = run.start(Samples.TIME);
    db.runs().update(started);
    db.catalog().add(Samples.point(name, "vm-1", Samples.TIME));
    db.journal()
        .exchange(
            new RunId(name),
            List.of(snapshot),
            List.of(Samples.entry(name, Samples.effect(Kind.CHECKPOINT, name))));
    assertThat(db.runs().find(new RunId(name))).contains(started);
    assertThat(db.catalog().list(new PointFilter(Optional.empty(), Optional.of("vm-1"), 5)))
        .isNotEmpty();
    db.runs().update(started.end(RunState.SUCCEEDED, Optional.empty(), Samples.TIME));
  }

  @Test
  void givesANameToOneOfEightThatAskForIt() throws Exception {
    List<Boolean> got =
        onEightThreads(
            thread -> {
              try {
                database().policies().put(Samples.policy("policy-" + thread, "Nightly"));
                return true;
              } catch (StillpointException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
                return false;
              }
            });
    assertThat(got).containsOnlyOnce(true);
    assertThat(database().policies().all()).hasSize(1);
  }

  private interface Work {
    boolean of(int thread);
  }

  private static List<Boolean> onEightThreads(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> tasks =
          IntStream.range(0, THREADS)
              .<Callable<Boolean>>mapToObj(thread -> () -> work.of(thread))
              .toList();
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> result : threads.invokeAll(tasks, 10, TimeUnit.MINUTES)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
