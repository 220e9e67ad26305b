package dev.stillpoint.repository.chunk;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that makes full packs durable beside the writers. Thread-safe. */
public final class PackFlusher implements Executor, AutoCloseable {

  /** When the disk is so many packs behind, writers wait for it. */
  private static final int MAX_BEHIND = 8;

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE.toMillis(),
          TimeUnit.MILLISECONDS,
          new ArrayBlockingQueue<>(MAX_BEHIND),
          task -> new Thread(task, "repository-flush"),
          new ThreadPoolExecutor.CallerRunsPolicy());

  public PackFlusher() {
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /** Ends when the tasks are done; waits for nothing. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
