package dev.stillpoint.hypervisor.lab.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ScheduledExecutorService timer;
  private final Object lock;
  private final Deque<Runnable> due = new ArrayDeque<>();
  private boolean held;

  Later(ScheduledExecutorService timer, Object lock) {
    this.timer = timer;
    this.lock = lock;
  }

  void in(Duration delay, Runnable work) {
    timer.schedule(
        () -> locked(() -> runUnlessHeld(work)), delay.toMillis(), TimeUnit.MILLISECONDS);
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
        () -> locked(() -> runUnlessHeld(work)),
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** With the lock held. What comes again and again waits once. */
  private void runUnlessHeld(Runnable work) {
    if (!held) {
      work.run();
    } else if (!due.contains(work)) {
      due.add(work);
      lock.notifyAll();
    }
  }

  /** What is due waits from now on. What the host does away from the engine goes on. */
  void hold() {
    synchronized (lock) {
      held = true;
    }
  }

  /** Does what waited, and from now on everything when its time has come. */
  void goOn() {
    synchronized (lock) {
      held = false;
      while (!due.isEmpty()) {
        locked(due.remove());
      }
    }
  }

  /**
   * Does the one thing that is due first, and waits for it if there is none yet.
   *
   * @throws IllegalStateException when nothing becomes due for a minute
   */
  void step() {
    synchronized (lock) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (due.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException("nothing that the engine would do is due");
        }
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for the engine", e);
        }
      }
      locked(due.remove());
    }
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
