package dev.stillpoint.model;

import java.time.Duration;

/** Waits between two looks at something slow; injected, so that tests need not wait. */
@FunctionalInterface
public interface Waiter {

  /**
   * Waits, at least roughly, that long.
   *
   * @throws StillpointException of kind {@link ErrorKind#CANCELLED} when the thread is interrupted
   */
  void await(Duration duration);

  /** Waits for real. */
  static Waiter sleeping() {
    return duration -> {
      try {
        Thread.sleep(duration.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StillpointException(ErrorKind.CANCELLED, "Interrupted while waiting", "", e);
      }
    };
  }
}
