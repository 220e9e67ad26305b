package dev.stillpoint.transfer;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moves ranges in pieces on several threads, each with one buffer.
 *
 * <p>Cancellation is asked between pieces; the first failure stops the others and is thrown.
 */
public final class ParallelCopy {

  /** One request's worth of data: large enough for HTTP, small enough to cancel within a second. */
  public static final int PIECE_BYTES = 4 * 1024 * 1024;

  private static final int CANCEL_CHECK_MILLIS = 200;

  private final ExecutorService threads;

  /**
   * @param threads unbounded, or at least as many as all callers use together
   */
  public ParallelCopy(ExecutorService threads) {
    this.threads = threads;
  }

  /** Moves one piece; the buffer is empty and has exactly the piece's length. */
  @FunctionalInterface
  public interface Mover {
    void move(ByteRange piece, ByteBuffer buffer);
  }

  /**
   * Returns when every piece was moved.
   *
   * @param parallel how many threads at most, one or more
   */
  public void run(List<ByteRange> ranges, int parallel, Cancellation cancellation, Mover mover) {
    Pieces pieces = new Pieces(ranges, PIECE_BYTES);
    long longest = ranges.stream().mapToLong(ByteRange::length).max().orElse(0);
    int bufferBytes = (int) Math.min(PIECE_BYTES, longest);
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<?>> workers = new ArrayList<>();
    try {
      for (int i = 0; i < parallel; i++) {
        workers.add(threads.submit(() -> work(pieces, bufferBytes, failed, cancellation, mover)));
      }
    } catch (RuntimeException | Error e) {
      // No thread to be had. Those that run use what our caller will close.
      failed.set(true);
      workers.forEach(ParallelCopy::await);
      throw e;
    }
    Optional<Throwable> first = Optional.empty();
    for (Future<?> worker : workers) {
      Optional<Throwable> failure = await(worker);
      first = first.isPresent() ? first : failure;
    }
    if (first.isPresent()) {
      throwUnchecked(first.get());
    }
  }

  /** Begins something slow that somebody else does for us, to go on beside it. */
  public <T> Future<T> begin(Callable<T> wait) {
    return threads.submit(wait);
  }

  /** The result of {@link #begin}; a cancel is heard while it is waited for. */
  public <T> T await(Future<T> begun, Cancellation cancellation) {
    while (true) {
      cancellation.throwIfRequested();
      try {
        return begun.get(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // Asked again, after a look at the cancellation.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StillpointException(
            ErrorKind.CANCELLED, "Interrupted while waiting for the storage", "Start it again", e);
      } catch (ExecutionException e) {
        throwUnchecked(e.getCause());
      }
    }
  }

  private static void work(
      Pieces pieces,
      int bufferBytes,
      AtomicBoolean failed,
      Cancellation cancellation,
      Mover mover) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(bufferBytes);
      Optional<ByteRange> piece = pieces.next();
      while (piece.isPresent() && !failed.get()) {
        cancellation.throwIfRequested();
        buffer.clear().limit((int) piece.get().length());
        mover.move(piece.get(), buffer);
        piece = pieces.next();
      }
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  private static Optional<Throwable> await(Future<?> worker) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          worker.get();
          return Optional.empty();
        } catch (InterruptedException e) {
          // The workers use what our caller will close: wait for them all the same.
          interrupted = true;
        } catch (ExecutionException e) {
          return Optional.of(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A worker throws nothing checked. */
  private static void throwUnchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
