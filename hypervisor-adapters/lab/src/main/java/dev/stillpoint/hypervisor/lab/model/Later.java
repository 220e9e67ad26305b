package dev.stillpoint.hypervisor.lab.model;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the engine's work when its time has come, with the world's lock held. */
// The futures have nothing to tell: failures end in the log below.
@SuppressWarnings("FutureReturnValueIgnored")
final class Later {
  private static final Logger LOG = LoggerFactory.getLogger(Later.class);

  private final ScheduledExecutorService timer;
  private final Object lock;

  Later(ScheduledExecutorService timer, Object lock) {
    this.timer = timer;
    this.lock = lock;
  }

  void in(Duration delay, Runnable work) {
    timer.schedule(() -> locked(work), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Lets the host do something that takes its time, without the world's lock: nobody waits for it.
   * What follows has the lock again.
   */
  <T> void away(Supplier<T> work, Consumer<T> then) {
    timer.execute(
        () -> {
          try {
            T result = work.get();
            locked(() -> then.accept(result));
          } catch (RuntimeException e) {
            if (timer.isShutdown()) {
              LOG.debug("the lab ended before its host had done its work", e);
            } else {
              LOG.error("the lab's host failed at its work", e);
            }
          }
        });
  }

  void every(Duration period, Runnable work) {
    timer.scheduleWithFixedDelay(
        () -> locked(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void locked(Runnable work) {
    synchronized (lock) {
      try {
        work.run();
      } catch (RuntimeException e) {
        // The timer would silently drop the failure, and with it all later turns.
        LOG.error("the lab's engine failed at its own work", e);
      }
    }
  }
}
