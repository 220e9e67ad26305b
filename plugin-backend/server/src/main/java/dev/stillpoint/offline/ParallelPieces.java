package dev.stillpoint.offline;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does the pieces of a large work in several threads. Each thread takes the next piece when it has
 * done its last, so memory is one buffer per thread, whatever there is to do.
 */
final class ParallelPieces {

  static final int PIECE_BYTES = 4 << 20;

  /** Buffers for more threads would not fit beside the rest of a small heap. */
  private static final int MOST_THREADS = 16;

  private static final long REDRAW_MILLIS = 250;

  private final int threads;
  private final Cancellation cancellation;
  private final WorkProgress progress;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** What is done with one piece. */
  @FunctionalInterface
  interface Work {
    /**
     * @param buffer of the calling thread, with the piece's length; on the heap
     */
    void accept(ByteRange piece, ByteBuffer buffer);
  }

  ParallelPieces(Cancellation cancellation, WorkProgress progress) {
    this.threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /**
   * Returns when all is done, and no thread is at work any more.
   *
   * @throws StillpointException what the first piece that failed threw; CANCELLED
   */
  void run(Iterator<ByteRange> pieces, Work work) {
    CountDownLatch atWork = new CountDownLatch(threads);
    for (int i = 1; i <= threads; i++) {
      new Thread(
              () -> {
                try {
                  takePieces(pieces, work);
                } catch (RuntimeException | Error e) {
                  note(e);
                } finally {
                  atWork.countDown();
                }
              },
              "pieces-" + i)
          .start();
    }
    await(atWork);
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void takePieces(Iterator<ByteRange> pieces, Work work) {
    ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
    for (Optional<ByteRange> next = next(pieces); next.isPresent(); next = next(pieces)) {
      ByteRange piece = next.get();
      work.accept(piece, buffer.clear().limit((int) piece.length()));
      progress.add(piece.length());
    }
  }

  private Optional<ByteRange> next(Iterator<ByteRange> pieces) {
    cancellation.throwIfRequested();
    synchronized (pieces) {
      return failure.get() == null && pieces.hasNext()
          ? Optional.of(pieces.next())
          : Optional.empty();
    }
  }

  /** The others fail for the same reason or are told to stop: the first tells. */
  private void note(Throwable e) {
    failure.compareAndSet(null, e);
  }

  private void await(CountDownLatch atWork) {
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      progress.show();
      try {
        done = atWork.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
        cancellation.request();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
