package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.chunk.ChunkVisitor;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.chunk.PlacedChunk;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Reads sorted places with several threads, a few reads at once. One caller, used once. */
final class ParallelSweep implements AutoCloseable {

  private static final int BATCH_CHUNKS = 256;

  private final PackKeeper keeper;
  private final BadChunks bad;
  private final int atOnce;
  private final ExecutorService workers;
  private final Cancellation cancellation;
  private final MaintenanceListener listener;
  private final Deque<Future<Long>> reading = new ArrayDeque<>();
  private final AtomicLong bytes = new AtomicLong();
  private long chunks;

  ParallelSweep(
      PackKeeper keeper,
      BadChunks bad,
      int threads,
      Cancellation cancellation,
      MaintenanceListener listener) {
    this.keeper = keeper;
    this.bad = bad;
    this.atOnce = 2 * threads;
    this.workers = Executors.newFixedThreadPool(threads, task -> new Thread(task, "verify"));
    this.cancellation = cancellation;
    this.listener = listener;
  }

  void run(SortedRecords placed) {
    List<PlacedChunk> batch = new ArrayList<>();
    while (placed.next()) {
      ChunkPlace place = Records.place(placed.buffer(), placed.offset());
      // A record's chunks stay together, so that it is unpacked once.
      if (batch.size() >= BATCH_CHUNKS && !batch.get(batch.size() - 1).place().samePlace(place)) {
        submit(batch);
        batch = new ArrayList<>();
      }
      batch.add(new PlacedChunk(Records.id(placed.buffer(), placed.offset() + 12), place));
    }
    submit(batch);
    while (!reading.isEmpty()) {
      await();
    }
  }

  /** Records that were read, in bytes. */
  long bytes() {
    return bytes.get();
  }

  long chunks() {
    return chunks;
  }

  private void submit(List<PlacedChunk> batch) {
    cancellation.throwIfRequested();
    if (reading.size() == atOnce) {
      await();
    }
    chunks += batch.size();
    reading.add(workers.submit(() -> keeper.sweep(batch, new Check(batch))));
  }

  private void await() {
    Future<Long> oldest = reading.remove();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          bytes.addAndGet(oldest.get());
          listener.progress(MaintenanceListener.Step.VERIFY, bytes.get(), 0);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      return failure;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }

  /** Waits for the reads under way, so that nobody reads when this has ended. */
  @Override
  public void close() {
    reading.forEach(read -> read.cancel(false));
    workers.shutdown();
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reading it was all that was wanted. */
  private final class Check implements ChunkVisitor {

    private final List<PlacedChunk> batch;

    Check(List<PlacedChunk> batch) {
      this.batch = batch;
    }

    @Override
    public void content(int number, ChunkKind kind, byte[] content, int offset, int length) {
      // Its id was checked.
    }

    @Override
    public void unreadable(int number, String problem) {
      bad.add(batch.get(number).id(), problem);
    }
  }
}
