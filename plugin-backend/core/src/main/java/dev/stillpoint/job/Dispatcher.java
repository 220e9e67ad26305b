package dev.stillpoint.job;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.stillpoint.model.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the runs that wait and those under way, and gives each a thread when its turn comes.
 *
 * <p>One thread, the clerk, decides; what it is asked to do besides is done while nothing starts.
 */
final class Dispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** Runs that wait for a time of day are looked at this often. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

  private final QueueOrder order;
  private final InstantSource clock;
  private final Consumer<RunTracker> work;
  private final List<RunTracker> waiting = new ArrayList<>();
  private final List<RunTracker> running = new ArrayList<>();
  private final ExecutorService workers =
      Executors.newCachedThreadPool(task -> new Thread(task, "run"));
  private final ScheduledThreadPoolExecutor clerk =
      new ScheduledThreadPoolExecutor(
          1,
          task -> new Thread(task, "run-queue"),
          new ThreadPoolExecutor.DiscardPolicy()); // After close there is nothing to decide.
  private boolean closing;

  /**
   * @param work carries a run out, and returns when it has ended
   */
  Dispatcher(QueueOrder order, InstantSource clock, Consumer<RunTracker> work) {
    this.order = order;
    this.clock = clock;
    this.work = work;
  }

  /** Puts a run at the end of the queue. */
  synchronized void add(RunTracker tracker) {
    waiting.add(tracker);
  }

  /** Does something again and again on the clerk's thread, the first time now. */
  @SuppressWarnings("FutureReturnValueIgnored") // Guarded: it never ends by an exception.
  void repeat(String what, Duration interval, Runnable task) {
    clerk.scheduleWithFixedDelay(
        guarded(what, task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins to start runs. */
  void start() {
    repeat("queue", LOOK_INTERVAL, this::startDue);
  }

  /** Has a look soon: something was added, or has ended. */
  void look() {
    clerk.execute(guarded("queue", this::startDue));
  }

  private synchronized void startDue() {
    waiting.removeIf(tracker -> tracker.run().state().isFinal());
    if (closing) {
      return;
    }
    Map<RunId, RunTracker> trackers = new LinkedHashMap<>();
    waiting.forEach(tracker -> trackers.put(tracker.run().id(), tracker));
    order.decide(running(), waiting(), clock.instant()).stream()
        .filter(QueueOrder.Decision::starts)
        .map(decision -> trackers.get(decision.run().id()))
        .forEach(this::launch);
  }

  private void launch(RunTracker tracker) {
    waiting.remove(tracker);
    running.add(tracker);
    workers.execute(
        () -> {
          guarded("run " + tracker.run().id(), () -> work.accept(tracker)).run();
          leave(tracker);
        });
  }

  private synchronized void leave(RunTracker tracker) {
    running.remove(tracker);
    look();
  }

  synchronized List<Run> running() {
    return running.stream().map(RunTracker::run).toList();
  }

  synchronized List<Run> waiting() {
    return waiting.stream()
        .map(RunTracker::run)
        .filter(run -> run.state() == RunState.QUEUED)
        .toList();
  }

  synchronized Set<RunId> atWork() {
    return running.stream().map(tracker -> tracker.run().id()).collect(toUnmodifiableSet());
  }

  synchronized boolean isClosing() {
    return closing;
  }

  /** Whatever goes wrong in one task, the next is done. */
  private static Runnable guarded(String what, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("{} failed", what, e);
      }
    };
  }

  /** Asks the current runs to stop and waits for them, at most half a minute. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      running.forEach(tracker -> tracker.cancellation().request());
    }
    // Not interrupted: a run that stops still has to clean up behind itself.
    clerk.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    clerk.shutdown();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(30, TimeUnit.SECONDS)
          || !clerk.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the current run did not stop in time; it is cleaned up at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
