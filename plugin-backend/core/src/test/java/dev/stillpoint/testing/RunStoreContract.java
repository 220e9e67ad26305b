package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every run store does. */
public abstract class RunStoreContract {

  /** The same store, empty at the beginning of each test. */
  protected abstract RunStore store();

  @Test
  void findsEveryKindOfRunAsItWasKept() {
    List<Run> runs =
        List.of(
            Samples.queued("1"),
            Samples.busyBackup("2"),
            Samples.failedRestore("3"),
            Samples.groupRestore("4"),
            Samples.changedBackup("5"));
    runs.forEach(store()::insert);
    runs.forEach(run -> assertThat(store().find(run.id())).contains(run));
  }

  @Test
  void knowsNoRunThatWasNotKept() {
    assertThat(store().find(new RunId("1"))).isEmpty();
    assertThat(store().unfinished()).isEmpty();
    assertThat(store().newest(10)).isEmpty();
  }

  @Test
  void refusesToKeepARunTwice() {
    store().insert(Samples.queued("1"));
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> store().insert(Samples.busyBackup("1")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(store().find(new RunId("1"))).contains(Samples.queued("1"));
  }

  @Test
  void replacesWhatIsKeptOfARunAndOfNoOther() {
    store().insert(Samples.queued("1"));
    store().insert(Samples.queued("2"));
    store().update(Samples.busyBackup("1"));
    assertThat(store().find(new RunId("1"))).contains(Samples.busyBackup("1"));
    assertThat(store().find(new RunId("2"))).contains(Samples.queued("2"));
  }

  @Test
  void refusesToUpdateARunItDoesNotKnow() {
    StillpointException refusal =
        catchThrowableOfType(StillpointException.class, () -> store().update(Samples.queued("1")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(store().find(new RunId("1"))).isEmpty();
  }

  @Test
  void listsUnfinishedRunsInTheOrderTheyWereAskedFor() {
    store().insert(Samples.queued("c"));
    store().insert(Samples.busyBackup("b"));
    store().insert(Samples.failedRestore("x"));
    store().insert(Samples.queued("a"));
    assertThat(store().unfinished())
        .extracting(run -> run.id().value())
        .containsExactly("c", "b", "a");
  }

  @Test
  void keepsTheOrderWhenRunsAreUpdated() {
    store().insert(Samples.queued("1"));
    store().insert(Samples.queued("2"));
    store().update(Samples.queued("1").start(Samples.TIME));
    assertThat(store().unfinished()).extracting(run -> run.id().value()).containsExactly("1", "2");
  }

  @Test
  void listsARunAsUnfinishedUntilItEndsInWhateverState() {
    for (RunState state : RunState.values()) {
      if (state.isFinal()) {
        Run run = Samples.queued(state.name()).start(Samples.TIME);
        store().insert(run);
        assertThat(store().unfinished()).containsExactly(run);
        store().update(run.end(state, Optional.empty(), Samples.TIME));
        assertThat(store().unfinished()).isEmpty();
      }
    }
  }

  @Test
  void listsTheNewestRunsOfOnePolicyOnly() {
    store().insert(Samples.queued("by-hand"));
    store().insert(Samples.busyBackup("1"));
    store().insert(Samples.failedRestore("restore"));
    store().insert(Samples.busyBackup("2"));
    PolicyId policy = new PolicyId("policy-1");
    assertThat(store().newestOf(policy, 9))
        .extracting(r -> r.id().value())
        .containsExactly("2", "1");
    assertThat(store().newestOf(policy, 1)).extracting(r -> r.id().value()).containsExactly("2");
    assertThat(store().newestOf(new PolicyId("none"), 9)).isEmpty();
  }

  @Test
  void listsTheNewestRunsFirstAndNoMoreThanAskedFor() {
    store().insert(Samples.queued("1"));
    store().insert(Samples.failedRestore("2"));
    store().insert(Samples.queued("3"));
    assertThat(store().newest(2)).extracting(run -> run.id().value()).containsExactly("3", "2");
    assertThat(store().newest(10))
        .extracting(run -> run.id().value())
        .containsExactly("3", "2", "1");
  }
}
