package dev.stillpoint.repository;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Lets threads run one at a time and chooses by a seed, at every {@link #point}, who goes on. A
 * thread that waits for a lock that a paused one holds is passed over until it comes to its next
 * point.
 */
final class Turns {

  private final Random random;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thread> paused = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private Thread running;
  private int points;

  Turns(long seed) {
    this.random = new Random(seed);
  }

  /** Adds work; all of it begins with {@link #run}. */
  void add(String name, Callable<?> work) {
    threads.add(new Thread(() -> work(work), name));
  }

  private void work(Callable<?> work) {
    try {
      point();
      work.call();
    } catch (Throwable e) {
      synchronized (this) {
        failures.add(e);
      }
    } finally {
      synchronized (this) {
        if (running == Thread.currentThread()) {
          choose();
        }
      }
    }
  }

  /** A place where another thread may go on. Threads of others pass. */
  synchronized void point() {
    Thread me = Thread.currentThread();
    if (!threads.contains(me)) {
      return;
    }
    points++;
    if (running == me && random.nextInt(3) > 0) {
      return;
    }
    paused.add(me);
    if (running == me || (running == null && paused.size() == threads.size())) {
      choose();
    } else if (running == null && points > threads.size()) {
      choose();
    }
    while (running != me) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    paused.remove(me);
  }

  private synchronized void choose() {
    paused.sort(Comparator.comparing(Thread::getName));
    running = paused.isEmpty() ? null : paused.get(random.nextInt(paused.size()));
    notifyAll();
  }

  /** Runs everything to its end; returns what failed. */
  List<Throwable> run() throws InterruptedException {
    threads.forEach(Thread::start);
    Thread blocked = null;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      Thread suspect = suspect();
      if (suspect != null && suspect == blocked) {
        passOver(suspect);
      }
      blocked = suspect;
      Thread.sleep(0, 300_000);
    }
    return failures;
  }

  private synchronized Thread suspect() {
    boolean waits =
        running != null
            && !paused.contains(running)
            && (running.getState() == Thread.State.WAITING
                || running.getState() == Thread.State.BLOCKED);
    return waits ? running : null;
  }

  private synchronized void passOver(Thread thread) {
    if (running == thread && suspect() == thread && !paused.isEmpty()) {
      choose();
    }
  }

  int points() {
    return points;
  }
}
