package dev.stillpoint.backup;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs steps that never throw, so many at one time, and waits for all of them. */
final class Parallel {

  private Parallel() {}

  static void run(int threads, List<Runnable> steps) {
    if (steps.isEmpty()) {
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(threads, steps.size()), step -> new Thread(step, "backup"));
    try {
      steps.forEach(pool::execute);
    } finally {
      awaitEnd(pool);
    }
  }

  private static void awaitEnd(ExecutorService pool) {
    pool.shutdown();
    boolean interrupted = false;
    try {
      while (!pool.isTerminated()) {
        try {
          if (pool.awaitTermination(1, TimeUnit.HOURS)) {
            return;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
