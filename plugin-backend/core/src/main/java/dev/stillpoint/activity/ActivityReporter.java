package dev.stillpoint.activity;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the managers of the runs: a task while one is carried out, an event for each VM at its end.
 *
 * <p>All of it on one thread that looks at the runs now and then. What a manager does not take is
 * logged once and not tried again; a task that could not be ended is swept later.
 */
public final class ActivityReporter implements RunObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActivityReporter.class);
  private static final long CLOSE_SECONDS = 5;

  private final Sites sites;
  private final PolicyStore policies;
  private final JournalStore journal;
  private final EventNumbers numbers;
  private final InstantSource clock;
  private final Map<RunId, Shown> shown = new ConcurrentHashMap<>();
  private final Set<RunId> lost = new HashSet<>();
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "activity"));

  private record Shown(Supplier<Run> run, TaskMirror mirror) {}

  /**
   * @param interval between two looks at the runs
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Contained: it never ends by an exception.
  public ActivityReporter(
      Sites sites,
      PolicyStore policies,
      JournalStore journal,
      EventNumberStore numbers,
      Sweeper sweeper,
      InstantSource clock,
      Duration interval) {
    this.sites = sites;
    this.policies = policies;
    this.journal = journal;
    this.numbers = new EventNumbers(numbers);
    this.clock = clock;
    sweeper.hold(
        entry ->
            entry.effect().kind() == OutsideEffect.Kind.TASK && shown.containsKey(entry.run()));
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    worker.scheduleWithFixedDelay(
        this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void started(Run run, Supplier<Run> current) {
    RunJournal effects = new RunJournal(journal, run.id(), run.site(), clock);
    shown.put(run.id(), new Shown(current, new TaskMirror(run, effects)));
    submit(() -> show(run));
  }

  @Override
  public void ended(Run run) {
    submit(
        () -> {
          show(run);
          shown.remove(run.id());
          lost.remove(run.id());
          tell(run);
        });
  }

  private void submit(Runnable work) {
    try {
      worker.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server stops; what happens now is not told to the managers");
    }
  }

  private void look() {
    shown.values().forEach(one -> show(one.run().get()));
  }

  private void show(Run run) {
    Shown one = shown.get(run.id());
    if (one == null || lost.contains(run.id())) {
      return;
    }
    contained(
        run, "task", () -> one.mirror().show(run, text(run), log(run)), () -> lost.add(run.id()));
  }

  private void tell(Run run) {
    contained(
        run,
        "event",
        () -> {
          RunText text = text(run);
          for (VmTask vm : run.vms()) {
            numbers.add(run.site(), log(run), text.event(vm));
          }
        },
        () -> {});
  }

  /** The rim: whatever goes wrong here concerns nobody but the reader of the log. */
  private static void contained(Run run, String what, Runnable work, Runnable onFailure) {
    try {
      work.run();
    } catch (StillpointException e) {
      LOG.warn(
          "run={} site={} the manager does not show its {}: {} {}",
          run.id(),
          run.site(),
          what,
          e.getMessage(),
          e.remedy());
      onFailure.run();
    } catch (RuntimeException e) {
      LOG.error("run={} its {} failed unexpectedly", run.id(), what, e);
      onFailure.run();
    }
  }

  private ActivityLog log(Run run) {
    return sites.session(run.site()).activityLog();
  }

  private RunText text(Run run) {
    Optional<String> policy =
        run.request() instanceof BackupRequest backup
            ? backup.policy().flatMap(policies::find).map(Policy::name)
            : Optional.empty();
    return new RunText(run, policy.orElse(""));
  }

  /** Waits a few seconds for what is still to be told. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a manager does not answer; what happened last is not shown there");
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
