package dev.stillpoint.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LatelyTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final AtomicInteger asked = new AtomicInteger();
  private final Lately<Integer> lately = new Lately<>(Duration.ofSeconds(20), now::get);

  private void pass(long seconds) {
    now.updateAndGet(before -> before.plusSeconds(seconds));
  }

  @Test
  void anAnswerIsTrueForAWhile() {
    assertThat(lately.get(asked::incrementAndGet)).isEqualTo(1);
    pass(19);
    assertThat(lately.get(asked::incrementAndGet)).isEqualTo(1);
    pass(1);
    assertThat(lately.get(asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void aClockThatWasPutBackDoesNotKeepAnAnswer() {
    lately.get(asked::incrementAndGet);
    pass(-3600);
    assertThat(lately.get(asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void anAnswerThatTookLongIsTrueFromWhenItCame() {
    lately.get(
        () -> {
          pass(300);
          return asked.incrementAndGet();
        });
    pass(19);
    assertThat(lately.get(asked::incrementAndGet)).isEqualTo(1);
  }

  @Test
  void aRefusalIsNotKept() {
    assertThatThrownBy(() -> lately.get(LatelyTest::refused)).hasMessage("away");
    assertThat(lately.get(asked::incrementAndGet)).isEqualTo(1);
  }

  private static Integer refused() {
    throw new StillpointException(ErrorKind.HYPERVISOR_UNAVAILABLE, "away", "");
  }

  @Test
  void whoComesMeanwhileGetsTheSameAnswerOrRefusal() throws Exception {
    for (boolean good : new boolean[] {true, false}) {
      pass(60);
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      AtomicInteger questions = new AtomicInteger();
      ExecutorService threads = Executors.newCachedThreadPool();
      try {
        List<Future<Integer>> all = new ArrayList<>();
        all.add(
            threads.submit(
                () ->
                    lately.get(
                        () -> {
                          questions.incrementAndGet();
                          begun.countDown();
                          await(answer);
                          return good ? 7 : refused();
                        })));
        begun.await();
        CountDownLatch coming = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
          all.add(
              threads.submit(
                  () -> {
                    coming.countDown();
                    return lately.get(
                        () -> {
                          questions.incrementAndGet();
                          return 7;
                        });
                  }));
        }
        coming.await();
        answer.countDown();
        for (Future<Integer> one : good ? all : all.subList(0, 1)) {
          if (good) {
            assertThat(one.get()).isEqualTo(7);
          } else {
            assertThatThrownBy(one::get).hasRootCauseMessage("away");
          }
        }
        if (good) {
          assertThat(questions).hasValue(1);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
