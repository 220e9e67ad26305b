package dev.stillpoint.offline;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.terminal.Surroundings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Work that Ctrl-C ends in order: it is cancelled, and the program ends only when the work has
 * closed what it had open. To be closed last.
 */
final class Interruptible implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Surroundings around;
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Surroundings.Interruption.Watch watch;

  Interruptible(Surroundings around) {
    this.around = around;
    this.watch = around.interruption().onInterrupt(this::interrupt);
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Waits for Ctrl-C, however long. */
  void awaitInterrupt() {
    try {
      interrupted.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs in a thread of its own, beside the work. */
  private void interrupt() {
    around.err().println();
    around.err().println("stillpoint: Interrupted. Ending in order …");
    around.err().flush();
    cancellation.request();
    interrupted.countDown();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        around.err().println("Not waiting any longer; the repository is sound all the same.");
        around.err().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.close();
    ended.countDown();
  }
}
