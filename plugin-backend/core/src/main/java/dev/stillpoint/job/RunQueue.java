package dev.stillpoint.job;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries runs out, one at a time, in the order they were asked for.
 *
 * <p>Survives a crash: queued runs stay queued, a run that was in the middle is ended as failed and
 * what it left on a manager is swept before anything else runs.
 */
public final class RunQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);
  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

  private final RunStore runs;
  private final JournalStore journal;
  private final Sweeper sweeper;
  private final RunExecutor backup;
  private final RunExecutor restore;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Map<RunId, RunTracker> live = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "run-queue"));
  private final List<RunObserver> observers = new CopyOnWriteArrayList<>();
  private boolean started;

  public RunQueue(
      RunStore runs,
      JournalStore journal,
      Sweeper sweeper,
      RunExecutor backup,
      RunExecutor restore,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.runs = runs;
    this.journal = journal;
    this.sweeper = sweeper;
    this.backup = backup;
    this.restore = restore;
    this.clock = clock;
    this.ids = ids;
  }

  /** Tells somebody of the runs. Call before {@link #start}. */
  public void observe(RunObserver observer) {
    observers.add(observer);
  }

  /** Ends what a crash interrupted, sweeps, and takes up the runs that were waiting. Call once. */
  @SuppressWarnings("FutureReturnValueIgnored") // Guarded: it never ends by an exception.
  public synchronized void start() {
    List<Run> unfinished = runs.unfinished();
    unfinished.stream()
        .filter(run -> run.state() == RunState.RUNNING)
        .forEach(this::endInterrupted);
    worker.scheduleWithFixedDelay(
        guarded("sweep", this::tidy), 0, SWEEP_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    unfinished.stream().filter(run -> run.state() == RunState.QUEUED).forEach(this::enqueue);
    started = true;
  }

  /** Puts a run at the end of the queue; before {@link #start} it waits there. */
  public synchronized Run submit(SiteId site, RunRequest request) {
    Run run = Run.queued(new RunId(ids.get().toString()), site, request, clock.instant());
    runs.insert(run);
    LOG.info("run={} site={} queued", run.id(), site);
    if (started) {
      enqueue(run);
    }
    return run;
  }

  /** A run as it is this moment. */
  public Optional<Run> find(RunId id) {
    RunTracker tracker = live.get(id);
    return tracker == null ? runs.find(id) : Optional.of(tracker.run());
  }

  public List<Run> newest(int limit) {
    return runs.newest(limit).stream().map(this::asItIs).toList();
  }

  /** Runs that are queued or running, first the one that is carried out. */
  public List<Run> unfinished() {
    return runs.unfinished().stream()
        .map(this::asItIs)
        .filter(run -> !run.state().isFinal())
        .toList();
  }

  private Run asItIs(Run stored) {
    RunTracker tracker = live.get(stored.id());
    return tracker == null ? stored : tracker.run();
  }

  /**
   * Asks a run to stop; it cleans up behind itself first. One that still waits ends at once.
   *
   * @throws StillpointException NOT_FOUND; CONFLICT when it has ended
   */
  public Run cancel(RunId id) {
    RunTracker tracker = live.get(id);
    if (tracker == null || tracker.run().state().isFinal()) {
      Run run =
          find(id)
              .orElseThrow(
                  () ->
                      new StillpointException(
                          ErrorKind.NOT_FOUND,
                          "There is no run " + id,
                          "List the runs with: stillpoint runs list"));
      throw new StillpointException(
          ErrorKind.CONFLICT, "Run " + id + " has ended: " + run.state(), "");
    }
    tracker.cancellation().request();
    LOG.info("run={} cancel asked", id);
    tracker.saveIfQueued(run -> ended(run, RunState.CANCELLED, Optional.empty()));
    return tracker.run();
  }

  private void enqueue(Run run) {
    RunTracker tracker = new RunTracker(run, runs);
    live.put(run.id(), tracker);
    worker.execute(guarded("run " + run.id(), () -> carryOut(tracker)));
  }

  private void carryOut(RunTracker tracker) {
    RunId id = tracker.run().id();
    try {
      if (!tracker.saveIfQueued(run -> run.start(clock.instant()))) {
        return;
      }
      LOG.info("run={} started", id);
      observers.forEach(observer -> observer.started(tracker.run(), tracker::run));
      sweep(tracker.run().site());
      tracker.run().request().executor(backup, restore).execute(tracker);
      end(tracker, tracker.run().outcome(), Optional.empty());
    } catch (StillpointException e) {
      end(tracker, stateAfter(e), Optional.of(Problem.of(e)));
    } catch (RuntimeException | Error e) {
      LOG.error("run={} failed unexpectedly", id, e);
      end(tracker, RunState.FAILED, Optional.of(Problem.of(e)));
    } finally {
      storeEnds();
    }
  }

  /** An end that cannot be stored is told from memory, and stored as soon as it can be. */
  private void storeEnds() {
    live.values().removeIf(tracker -> tracker.run().state().isFinal() && isStored(tracker));
  }

  private static boolean isStored(RunTracker tracker) {
    try {
      tracker.store();
      return true;
    } catch (StillpointException e) {
      LOG.error("run={} its end is not stored yet: {}", tracker.run().id(), e.getMessage());
      return false;
    }
  }

  private void tidy() {
    storeEnds();
    sweeper.sweepIdle(journal.all());
  }

  /** A run must not build on what an earlier one left half-done. */
  private void sweep(SiteId site) {
    sweeper.sweepIdle(journal.all().stream().filter(entry -> entry.site().equals(site)).toList());
  }

  private static RunState stateAfter(StillpointException e) {
    return e.kind() == ErrorKind.CANCELLED ? RunState.CANCELLED : RunState.FAILED;
  }

  private void end(RunTracker tracker, RunState state, Optional<Problem> problem) {
    Run ended = tracker.end(run -> ended(run, state, problem));
    LOG.info(
        "run={} ended state={} {}",
        ended.id(),
        ended.state(),
        ended.problem().map(Problem::detail).orElse(""));
    observers.forEach(observer -> observer.ended(ended));
  }

  private void endInterrupted(Run run) {
    Problem why =
        new Problem(
            ErrorKind.INTERNAL,
            "The server stopped in the middle of this run",
            "What it left on the manager is being removed; start the run again.");
    Run ended = ended(run, RunState.FAILED, Optional.of(why));
    runs.update(ended);
    observers.forEach(observer -> observer.ended(ended));
    LOG.warn("run={} was interrupted by a stop of the server", run.id());
  }

  private Run ended(Run run, RunState state, Optional<Problem> problem) {
    TaskState open = state == RunState.CANCELLED ? TaskState.CANCELLED : TaskState.FAILED;
    Run ended = run;
    for (int i = 0; i < run.vms().size(); i++) {
      if (!run.vms().get(i).state().isFinal()) {
        ended = ended.withVm(i, task -> task.withState(open));
      }
    }
    return ended.end(state, problem, clock.instant());
  }

  /** The worker must outlive whatever goes wrong in one task: a sweep that throws is the last. */
  private static Runnable guarded(String what, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("{} failed", what, e);
      }
    };
  }

  /**
   * Asks the current run to stop and waits for it, at most half a minute; the rest stays queued.
   */
  @Override
  public void close() {
    // Not interrupted: a run that stops still has to clean up behind itself.
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    worker.shutdown();
    live.values().stream()
        .filter(tracker -> tracker.run().state() == RunState.RUNNING)
        .forEach(tracker -> tracker.cancellation().request());
    try {
      if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the current run did not stop in time; it is cleaned up at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
