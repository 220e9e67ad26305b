package dev.stillpoint.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelCopyTest {

  private static final int PIECE = ParallelCopy.PIECE_BYTES;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ParallelCopy copy = new ParallelCopy(threads);
  private final Cancellation cancellation = new Cancellation();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void movesEveryByteOnceInPiecesThatEndOnTheirOwnGrid() {
    Queue<ByteRange> moved = new ConcurrentLinkedQueue<>();
    copy.run(
        List.of(new ByteRange(PIECE / 2, 2L * PIECE), new ByteRange(10L * PIECE, 7)),
        3,
        cancellation,
        (piece, buffer) -> {
          assertThat(buffer.remaining()).isEqualTo((int) piece.length());
          moved.add(piece);
        });
    assertThat(moved)
        .containsExactlyInAnyOrder(
            new ByteRange(PIECE / 2, PIECE / 2),
            new ByteRange(PIECE, PIECE),
            new ByteRange(2L * PIECE, PIECE / 2),
            new ByteRange(10L * PIECE, 7));
  }

  @Test
  void theFirstFailureStopsTheOthersAndIsThrown() {
    AtomicInteger moved = new AtomicInteger();
    StillpointException failure =
        new StillpointException(ErrorKind.HYPERVISOR_REFUSED, "ticket gone", "");
    assertThatThrownBy(
            () ->
                copy.run(
                    List.of(new ByteRange(0, 1000L * PIECE)),
                    2,
                    cancellation,
                    (piece, buffer) -> {
                      if (moved.incrementAndGet() >= 5) {
                        throw failure;
                      }
                    }))
        .isSameAs(failure);
    assertThat(moved.get()).isLessThan(10);
  }

  @Test
  void cancellationIsHeardBetweenPieces() {
    AtomicInteger moved = new AtomicInteger();
    assertThatThrownBy(
            () ->
                copy.run(
                    List.of(new ByteRange(0, 1000L * PIECE)),
                    2,
                    cancellation,
                    (piece, buffer) -> {
                      // Whoever comes by: the third may be held up before it asks.
                      if (moved.incrementAndGet() >= 3) {
                        cancellation.request();
                      }
                    }))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    assertThat(moved.get()).isLessThan(10);
  }

  @Test
  void nothingToMoveIsDoneAtOnce() {
    copy.run(List.of(), 4, cancellation, (piece, buffer) -> assertThat(piece).isNull());
  }

  @Test
  void aThreadThatCannotBeHadStopsTheOthersBeforeTheCallerClosesWhatTheyUse()
      throws InterruptedException {
    ExecutorService one =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
    AtomicInteger inside = new AtomicInteger();
    try {
      assertThatThrownBy(
              () ->
                  new ParallelCopy(one)
                      .run(
                          List.of(new ByteRange(0, 1000L * PIECE)),
                          2,
                          cancellation,
                          (piece, buffer) -> {
                            inside.incrementAndGet();
                            pause();
                            inside.decrementAndGet();
                          }))
          .isInstanceOf(RejectedExecutionException.class);
      assertThat(inside.get()).isZero();
      one.shutdown();
      assertThat(one.awaitTermination(20, TimeUnit.SECONDS)).as("all pieces take 50 s").isTrue();
    } finally {
      one.shutdownNow();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
