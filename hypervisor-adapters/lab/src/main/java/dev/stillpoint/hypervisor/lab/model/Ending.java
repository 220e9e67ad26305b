package dev.stillpoint.hypervisor.lab.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the threads of a lab that is closed. */
public final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private static final int PATIENCE_SECONDS = 60;

  private Ending() {}

  /** Waits until what runs has ended: afterwards it makes no file and no process any more. */
  public static void await(ExecutorService workers) {
    try {
      if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the lab was closed, but a thread of its goes on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
