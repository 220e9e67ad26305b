package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.Problem;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.maintenance.CollectOptions;
import dev.stillpoint.repository.maintenance.CollectReport;
import dev.stillpoint.repository.maintenance.MaintenanceListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the server's own repository beside its runs, one collection at a time. Thread-safe. */
public final class Collecting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

  private final Repository repository;
  private final InstantSource clock;
  private final UpkeepListener listener;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "collect"));
  private Optional<Work> work = Optional.empty();
  private Optional<CollectState.Outcome> last = Optional.empty();

  /** One collection, while it runs. */
  private static final class Work implements MaintenanceListener {

    private final Instant started;
    private final String why;
    private final Cancellation cancellation = new Cancellation();
    private volatile CollectState.Progress progress;

    Work(Instant started, String why) {
      this.started = started;
      this.why = why;
      this.progress = new CollectState.Progress(started, why, "mark", 0, 0);
    }

    @Override
    public void progress(Step step, long done, long total) {
      progress =
          new CollectState.Progress(
              started, why, step.name().toLowerCase(Locale.ROOT), done, total);
    }
  }

  public Collecting(Repository repository, InstantSource clock, UpkeepListener listener) {
    this.repository = requireNonNull(repository, "repository");
    this.clock = requireNonNull(clock, "clock");
    this.listener = requireNonNull(listener, "listener");
  }

  public synchronized CollectState state() {
    return new CollectState(work.map(running -> running.progress), last);
  }

  /**
   * Begins a collection and returns.
   *
   * @param why for people
   * @throws StillpointException CONFLICT when one runs already
   */
  public synchronized CollectState start(String why, boolean dryRun) {
    if (work.isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "A collection runs already, since " + work.get().started,
          "Wait for its end, or stop it first.",
          Place.REPOSITORY);
    }
    Work begun = new Work(clock.instant(), why);
    work = Optional.of(begun);
    LOG.info("collect started dryRun={} {}", dryRun, why);
    CollectOptions options = CollectOptions.standard();
    thread.execute(() -> carryOut(begun, dryRun ? options.asDryRun() : options));
    return state();
  }

  private void carryOut(Work begun, CollectOptions options) {
    Optional<CollectState.Summary> summary = Optional.empty();
    Optional<Problem> problem = Optional.empty();
    try {
      summary =
          Optional.of(
              summary(repository.maintenance().collect(options, begun.cancellation, begun)));
    } catch (StillpointException e) {
      LOG.warn("collect ended: {}", e.getMessage());
      problem = Optional.of(Problem.of(e));
    } catch (RuntimeException | Error e) {
      LOG.error("collect failed unexpectedly", e);
      problem = Optional.of(Problem.of(e));
    }
    CollectState.Outcome outcome =
        new CollectState.Outcome(begun.started, clock.instant(), begun.why, summary, problem);
    synchronized (this) {
      work = Optional.empty();
      last = Optional.of(outcome);
    }
    listener.collected(outcome);
  }

  private static CollectState.Summary summary(CollectReport report) {
    LOG.info(
        "collect ended dryRun={} packsDeleted={} packsRewritten={} bytesBefore={} bytesAfter={}",
        report.dryRun(),
        report.packsDeleted(),
        report.packsRewritten(),
        report.before().bytes(),
        report.after().bytes());
    return new CollectState.Summary(
        report.dryRun(),
        report.packsDeleted(),
        report.packsRewritten(),
        report.before(),
        report.after(),
        report.waiting(),
        report.reclaimable(),
        report.reasons());
  }

  /**
   * Asks the one that runs to stop; what it has done stays done.
   *
   * @throws StillpointException CONFLICT when none runs
   */
  public synchronized CollectState cancel() {
    work.orElseThrow(
            () -> new StillpointException(ErrorKind.CONFLICT, "No collection runs now", ""))
        .cancellation
        .request();
    return state();
  }

  @Override
  public void close() {
    synchronized (this) {
      work.ifPresent(running -> running.cancellation.request());
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the collection did not stop in time; the next one goes on with it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
