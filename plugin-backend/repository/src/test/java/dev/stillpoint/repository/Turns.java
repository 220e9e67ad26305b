package dev.stillpoint.repository;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Lets threads run one at a time and chooses, at every {@link #point}, who goes on. A thread that
 * waits for a lock that a paused one holds is passed over until it comes to its next point.
 */
final class Turns {

  private final Choice choice;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thread> paused = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Thread> coarse = new ArrayList<>();
  private Thread running;
  private int points;

  Turns(long seed) {
    this(new Dice(new Random(seed)));
  }

  Turns(Choice choice) {
    this.choice = choice;
  }

  /** Decides, at each point, whose turn it is. */
  interface Choice {

    /** Whether the thread that came to a point goes on at once. */
    boolean goesOn();

    /**
     * @param paused not empty
     * @param before who ran until now, perhaps among them, perhaps null
     */
    Thread next(List<Thread> paused, Thread before);
  }

  private record Dice(Random random) implements Choice {

    @Override
    public boolean goesOn() {
      return random.nextInt(3) > 0;
    }

    @Override
    public Thread next(List<Thread> paused, Thread before) {
      return paused.get(random.nextInt(paused.size()));
    }
  }

  /** Adds work; all of it begins with {@link #run}. */
  void add(String name, Callable<?> work) {
    threads.add(new Thread(() -> work(work), name));
  }

  /** Adds work that passes {@link #call}: it has only the points that it names. */
  void addCoarse(String name, Callable<?> work) {
    add(name, work);
    coarse.add(threads.get(threads.size() - 1));
  }

  /** A call of the store; a point for most. */
  void call() {
    if (!coarse.contains(Thread.currentThread())) {
      point();
    }
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
    if (running == me && choice.goesOn()) {
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
    running = paused.isEmpty() ? null : choice.next(List.copyOf(paused), running);
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
