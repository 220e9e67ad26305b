package dev.stillpoint.persistence;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, on one of the servers of a database at a time; if that one dies,
 * on another. What is done must bear to be done twice all the same: after a clock has jumped, a
 * server that lives may be taken for dead.
 */
final class Ticker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final TaskInstanceId task;
  private final Duration interval;
  private final InstantSource clock;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "ticker-watch"));

  /**
   * @param name the same on all servers of the database
   */
  Ticker(DataSource database, String name, Duration interval, Runnable work, InstantSource clock) {
    this.interval = interval;
    this.clock = clock;
    RecurringTask<Void> recurring =
        Tasks.recurring(name, FixedDelay.of(interval)).execute((instance, context) -> work.run());
    this.task = recurring.getDefaultTaskInstance();
    this.scheduler =
        Scheduler.create(database)
            .startTasks(recurring)
            .threads(1)
            .pollingInterval(interval)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(STOP)
            .clock(clock::instant)
            .build();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Guarded: it never ends by an exception.
  void start() {
    scheduler.start();
    long millis = interval.toMillis();
    watch.scheduleWithFixedDelay(this::watch, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A clock that was put back by a day would else mean a day without a look. */
  private void watch() {
    try {
      Instant now = clock.instant();
      scheduler
          .getScheduledExecution(task)
          .filter(execution -> !execution.isPicked())
          .map(ScheduledExecution::getExecutionTime)
          .filter(due -> due.isAfter(now.plus(interval.multipliedBy(2))))
          .ifPresent(
              due -> {
                LOG.warn("the clock was put back: {} is done now, not at {}", task.getId(), due);
                scheduler.reschedule(task, now);
                // It waits by the clock between two polls, too.
                scheduler.triggerCheckForDueExecutions();
              });
    } catch (TaskInstanceException e) {
      LOG.debug("{} is being done", task.getId(), e);
    } catch (RuntimeException e) {
      LOG.warn("the ticker's time cannot be looked at: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    scheduler.stop();
  }
}
