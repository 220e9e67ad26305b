package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of starts does. */
public abstract class SlotStartStoreContract {

  private static final PolicyId POLICY = new PolicyId("policy-1");
  private static final Instant SLOT = Instant.parse("2026-11-21T02:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-21T02:13:14.123456789Z");

  /** The same store, empty at the beginning of each test. */
  protected abstract SlotStartStore store();

  /** The store of the runs that are started. */
  protected abstract RunStore runs();

  private static SlotStart start(String run, Instant slot) {
    return new SlotStart(POLICY, slot, Optional.of(new RunId(run)), "it was late", NOW);
  }

  @Test
  void keepsARunTogetherWithItsSlot() {
    Run run = Samples.queued("1");
    assertThat(store().start(run, start("1", SLOT))).isTrue();
    assertThat(runs().find(run.id())).contains(run);
    assertThat(runs().unfinished()).containsExactly(run);
    assertThat(store().since(SLOT)).containsExactly(start("1", SLOT));
  }

  @Test
  void startsASlotOnceAndKeepsNoRunOfASecondStart() {
    store().start(Samples.queued("1"), start("1", SLOT));
    assertThat(store().start(Samples.queued("2"), start("2", SLOT))).isFalse();
    assertThat(store().miss(SlotStart.missed(POLICY, SLOT, "missed", NOW))).isFalse();
    assertThat(runs().find(new RunId("2"))).isEmpty();
    assertThat(store().since(SLOT)).containsExactly(start("1", SLOT));
    SlotStart other =
        new SlotStart(new PolicyId("policy-2"), SLOT, Optional.empty(), "missed", NOW);
    assertThat(store().miss(other)).as("of another policy").isTrue();
    assertThat(store().start(Samples.queued("3"), start("3", SLOT.plusSeconds(3600)))).isTrue();
  }

  @Test
  void doesNotStartWhatIsNotedAsMissed() {
    SlotStart missed = SlotStart.missed(POLICY, SLOT, "the server did not run", NOW);
    assertThat(store().miss(missed)).isTrue();
    assertThat(store().start(Samples.queued("1"), start("1", SLOT))).isFalse();
    assertThat(runs().unfinished()).isEmpty();
    assertThat(store().latest(POLICY, 5)).containsExactly(missed);
  }

  @Test
  void ofManyWhoStartOneSlotAtOnceOneSucceeds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> attempts = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String run = "run-" + i;
        attempts.add(() -> store().start(Samples.queued(run), start(run, SLOT)));
      }
      int succeeded = 0;
      for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
        succeeded += result(attempt) ? 1 : 0;
      }
      assertThat(succeeded).isEqualTo(1);
      assertThat(runs().unfinished()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean result(Future<Boolean> attempt)
      throws InterruptedException, ExecutionException {
    return attempt.get();
  }

  @Test
  void listsFromASlotOnAndTheLatestOfAPolicyFirst() {
    for (int hour = 0; hour < 5; hour++) {
      store().miss(SlotStart.missed(POLICY, SLOT.plusSeconds(3600L * hour), "m", NOW));
    }
    store().miss(SlotStart.missed(new PolicyId("other"), SLOT, "m", NOW));
    assertThat(store().since(SLOT.plusSeconds(2 * 3600)))
        .extracting(SlotStart::slot)
        .containsExactly(
            SLOT.plusSeconds(2 * 3600), SLOT.plusSeconds(3 * 3600), SLOT.plusSeconds(4 * 3600));
    assertThat(store().latest(POLICY, 2))
        .extracting(SlotStart::slot)
        .containsExactly(SLOT.plusSeconds(4 * 3600), SLOT.plusSeconds(3 * 3600));
  }

  @Test
  void remembersTheLastLook() {
    assertThat(store().lastLook()).isEmpty();
    store().looked(NOW);
    store().looked(SLOT);
    assertThat(store().lastLook()).as("a clock may be put back").contains(SLOT);
  }
}
