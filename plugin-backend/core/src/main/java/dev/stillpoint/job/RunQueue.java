package dev.stillpoint.job;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries runs out in the order they were asked for, one at a time unless configured otherwise.
 *
 * <p>Survives a crash: queued runs stay queued; a run that was in the middle is ended as failed,
 * and what it left on a manager is swept before anything else runs. What a policy's run had not
 * come to is put into the queue as a run of its own, once however often the server dies over it.
 */
public final class RunQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);
  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

  private static final int NEWEST = 20;

  private final RunStore runs;
  private final JournalStore journal;
  private final Sweeper sweeper;
  private final RunExecutors executors;
  private final QueueSettings settings;
  private final RunEnds ends;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Dispatcher dispatcher;
  private final Map<RunId, RunTracker> live = new ConcurrentHashMap<>();
  private final Map<RunId, Run> repeats = new ConcurrentHashMap<>();
  private final Set<RunId> cancelledByHand = ConcurrentHashMap.newKeySet();
  private final List<RunObserver> observers = new CopyOnWriteArrayList<>();
  private final Object sweeping = new Object();
  private boolean started;

  public RunQueue(
      RunStore runs,
      JournalStore journal,
      Sweeper sweeper,
      RunExecutors executors,
      QueueSettings settings,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.runs = runs;
    this.journal = journal;
    this.sweeper = sweeper;
    this.executors = executors;
    this.settings = settings;
    this.ends = new RunEnds(settings.retries());
    this.clock = clock;
    this.ids = ids;
    this.dispatcher = new Dispatcher(settings.order(), clock, this::carryOut);
  }

  /** Tells somebody of the runs. Call before {@link #start}. */
  public void observe(RunObserver observer) {
    observers.add(observer);
  }

  /** Ends what a crash interrupted, sweeps, and takes up the runs that were waiting. Call once. */
  public synchronized void start() {
    runs.unfinished().stream()
        .filter(run -> run.state() == RunState.RUNNING)
        .forEach(this::endInterrupted);
    // Asked again: what is done once more for an interrupted run waits too.
    runs.unfinished().stream().filter(run -> run.state() == RunState.QUEUED).forEach(this::enqueue);
    started = true;
    dispatcher.repeat("sweep", SWEEP_INTERVAL, this::tidy);
    dispatcher.start();
  }

  /** Puts a run at the end of the queue; before {@link #start} it waits there. */
  public Run submit(SiteId site, RunRequest request) {
    return submit(
            site,
            request,
            run -> {
              runs.insert(run);
              return true;
            })
        .orElseThrow();
  }

  /**
   * Puts a run at the end of the queue if it is to be.
   *
   * @param keep keeps the run in the {@link RunStore}, or says that it shall not be
   */
  public synchronized Optional<Run> submit(SiteId site, RunRequest request, Predicate<Run> keep) {
    Run run = Run.queued(new RunId(ids.get().toString()), site, request, clock.instant());
    if (!keep.test(run)) {
      return Optional.empty();
    }
    LOG.info("run={} site={} queued", run.id(), site);
    if (started) {
      enqueue(run);
      dispatcher.look();
    }
    return Optional.of(run);
  }

  /**
   * Does again what failed in a run, or was not come to.
   *
   * @throws StillpointException NOT_FOUND; CONFLICT when there is nothing to do again
   */
  public Run rerun(RunId id) {
    Run run = require(id);
    return submit(run.site(), RetryRule.byHand(run, clock.instant()));
  }

  /** Where the waiting runs stand. */
  public Map<RunId, QueueForecast.Position> positions() {
    return QueueForecast.of(
        settings.order(),
        dispatcher.running(),
        dispatcher.waiting(),
        this::length,
        clock.instant());
  }

  private Optional<Duration> length(Run run) {
    return run.request() instanceof BackupRequest backup
        ? backup.policy().flatMap(this::length)
        : Optional.empty();
  }

  /** How long the next run of a policy will take; empty where it has none that went well. */
  public Optional<Duration> length(PolicyId policy) {
    return RunLengths.predict(runs.newestOf(policy, RunLengths.HISTORY));
  }

  /** The newest run of a policy that repeats no other; empty before its first. */
  public Optional<Run> lastOf(PolicyId policy) {
    return newestOf(policy).stream()
        .filter(run -> run.request() instanceof BackupRequest backup && backup.repeat().isEmpty())
        .findFirst();
  }

  /** The newest runs of a policy, the newest first. */
  public List<Run> newestOf(PolicyId policy) {
    return runs.newestOf(policy, NEWEST).stream().map(this::asItIs).toList();
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

  /** One that ended since it was listed lives no more: its end was stored before that. */
  private Run asItIs(Run listed) {
    RunTracker tracker = live.get(listed.id());
    if (tracker != null) {
      return tracker.run();
    }
    return listed.state().isFinal() ? listed : runs.find(listed.id()).orElse(listed);
  }

  /**
   * Asks a run to stop; it cleans up behind itself first. One that still waits ends at once.
   *
   * @throws StillpointException NOT_FOUND; CONFLICT when it has ended
   */
  public Run cancel(RunId id) {
    RunTracker tracker = live.get(id);
    if (tracker == null || tracker.run().state().isFinal()) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Run " + id + " has ended: " + require(id).state(), "");
    }
    cancelledByHand.add(id);
    tracker.cancellation().request();
    LOG.info("run={} cancel asked", id);
    boolean waited =
        tracker.saveIfQueued(
            run -> RunEnds.end(run, RunState.CANCELLED, Optional.empty(), clock.instant()));
    if (waited) {
      cancelledByHand.remove(id);
    }
    dispatcher.look();
    return tracker.run();
  }

  /** Somebody has cancelled it, and it is not yet through with what cannot be broken off. */
  public boolean isCancelling(Run run) {
    return !run.state().isFinal() && cancelledByHand.contains(run.id());
  }

  private Run require(RunId id) {
    return find(id)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no run " + id,
                    "Look for it in the list of runs.",
                    Place.RUNS));
  }

  private void enqueue(Run run) {
    RunTracker tracker = new RunTracker(run, runs);
    live.put(run.id(), tracker);
    dispatcher.add(tracker);
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
      executors.of(tracker.run().request()).execute(tracker);
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

  /** An end that could not be stored is told from memory, and stored as soon as it can be. */
  private void storeEnds() {
    live.values().removeIf(tracker -> tracker.run().state().isFinal() && isStored(tracker.run()));
  }

  private boolean isStored(Run ended) {
    try {
      // Before the end: a server that dies between the two finds the run unended, and this kept.
      keepRepeat(ended.id());
      runs.update(ended);
      return true;
    } catch (RuntimeException e) {
      // Whatever it is, the run has ended, and nobody shall see it run for ever.
      LOG.error("run={} its end is not stored yet: {}", ended.id(), e.toString());
      return false;
    }
  }

  private synchronized void keepRepeat(RunId ended) {
    Run repeat = repeats.get(ended);
    if (repeat != null) {
      if (insertOnce(repeat)) {
        enqueue(repeat);
      }
      repeats.remove(ended);
    }
  }

  private boolean insertOnce(Run run) {
    if (runs.find(run.id()).isPresent()) {
      return false;
    }
    runs.insert(run);
    return true;
  }

  private void tidy() {
    storeEnds();
    // Nothing starts meanwhile: this is the thread that starts runs.
    if (dispatcher.atWork().isEmpty()) {
      sweep(entry -> true);
    }
  }

  /** A run must not build on what an earlier one left half-done. */
  private void sweep(SiteId site) {
    sweep(entry -> entry.site().equals(site));
  }

  private void sweep(Predicate<JournalEntry> which) {
    synchronized (sweeping) {
      List<JournalEntry> listed = journal.all();
      // Asked after the journal: a run that has ended since has nothing left to do with these.
      Set<RunId> atWork = dispatcher.atWork();
      sweeper.sweepIdle(
          listed.stream().filter(which).filter(entry -> !atWork.contains(entry.run())).toList());
    }
  }

  private static RunState stateAfter(StillpointException e) {
    return e.kind() == ErrorKind.CANCELLED ? RunState.CANCELLED : RunState.FAILED;
  }

  private void end(RunTracker tracker, RunState state, Optional<Problem> problem) {
    RunId id = tracker.run().id();
    boolean byHand = cancelledByHand.contains(id);
    boolean stopped = dispatcher.isClosing() && state == RunState.CANCELLED && !byHand;
    observers.forEach(observer -> observer.ending(tracker.run()));
    Run ended =
        tracker.end(
            run -> {
              RunEnds.Ended end =
                  stopped
                      ? ends.interrupted(run, state, clock.instant())
                      : ends.of(run, state, problem, clock.instant());
              end.repeat().ifPresent(repeat -> repeats.put(id, repeat));
              // Lists are read from the store: whoever sees the end here sees it there, too.
              if (isStored(end.run())) {
                live.remove(id);
              }
              return end.run();
            });
    cancelledByHand.remove(id);
    LOG.info(
        "run={} ended state={} {}",
        ended.id(),
        ended.state(),
        ended.problem().map(Problem::detail).orElse(""));
    observers.forEach(observer -> observer.ended(ended));
  }

  private void endInterrupted(Run run) {
    RunEnds.Ended end = ends.interrupted(run, RunState.FAILED, clock.instant());
    // First this, then the end: whichever of the two the server dies at, both are there at last.
    end.repeat().ifPresent(this::insertOnce);
    runs.update(end.run());
    observers.forEach(observer -> observer.ended(end.run()));
    LOG.warn("run={} was interrupted by a stop of the server", run.id());
  }

  /**
   * Asks the current runs to stop and waits for them, at most half a minute; the rest stays queued.
   */
  @Override
  public void close() {
    dispatcher.close();
  }
}
