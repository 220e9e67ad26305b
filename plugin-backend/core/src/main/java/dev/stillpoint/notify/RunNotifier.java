package dev.stillpoint.notify;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.SiteStore;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a notice of every run that has ended to whoever wants it.
 *
 * <p>What is not taken is tried again after longer and longer pauses, some hours in all; then it is
 * logged as lost. Notices that wait when the server stops are lost: the run itself is kept.
 */
public final class RunNotifier implements RunObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunNotifier.class);

  /** With the first pause doubled each time: 30 s, 1 min, … some four hours in all. */
  private static final int ATTEMPTS = 10;

  private static final long CLOSE_SECONDS = 5;

  private final List<NoticeSender> senders;
  private final PolicyStore policies;
  private final SiteStore sites;
  private final ZoneId zone;
  private final Duration firstPause;
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "notices"));

  /**
   * @param zone in which times are shown beside UTC, of runs whose policy has none of its own
   * @param firstPause before the second attempt
   */
  public RunNotifier(
      List<NoticeSender> senders,
      PolicyStore policies,
      SiteStore sites,
      ZoneId zone,
      Duration firstPause) {
    this.senders = List.copyOf(senders);
    this.policies = policies;
    this.sites = sites;
    this.zone = zone;
    this.firstPause = firstPause;
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void started(Run run, Supplier<Run> current) {
    // Only its end is told.
  }

  @Override
  public void ended(Run run) {
    for (NoticeSender sender : senders) {
      if (sender.wants(run.state())) {
        submit(() -> attempt(sender, run, 1), Duration.ZERO);
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Contained: an attempt never ends by an exception.
  private void submit(Runnable work, Duration pause) {
    try {
      worker.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.warn("the server stops; a notice is not sent");
    }
  }

  private void attempt(NoticeSender sender, Run run, int number) {
    try {
      sender.send(report(run));
      LOG.info("run={} told by {}", run.id(), sender.name());
    } catch (NoticeException e) {
      boolean again = e.worthAnotherTry() && number < ATTEMPTS;
      LOG.warn(
          "run={} {} did not take the notice{}: {}",
          run.id(),
          sender.name(),
          again ? ", which is sent again later" : "",
          e.getMessage());
      if (again) {
        Duration pause = firstPause.multipliedBy(1L << (number - 1));
        submit(() -> attempt(sender, run, number + 1), pause);
      }
    } catch (RuntimeException e) {
      LOG.error("run={} the notice by {} failed unexpectedly", run.id(), sender.name(), e);
    }
  }

  private RunReport report(Run run) {
    Optional<Policy> policy =
        run.request() instanceof BackupRequest backup
            ? backup.policy().flatMap(policies::find)
            : Optional.empty();
    String site = sites.find(run.site()).map(Site::name).orElse(run.site().value());
    return ReportWriter.write(
        run,
        policy.map(Policy::name).orElse(""),
        site,
        policy.flatMap(Policy::schedule).map(Schedule::zone).orElse(zone));
  }

  /** Waits a few seconds for what is just being sent. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a notice that is being sent is given up");
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
