package dev.stillpoint.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rate over the last seconds, so that a stall shows soon. Not thread-safe. */
public final class RateMeter {

  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Notes how many bytes were done by then. */
  public void note(long nanos, long doneBytes) {
    if (!samples.isEmpty() && doneBytes < samples.getLast().doneBytes) {
      samples.clear();
    }
    samples.addLast(new Sample(nanos, doneBytes));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Zero until two notes were made at different times. */
  public double bytesPerSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    long nanos = samples.getLast().nanos - samples.getFirst().nanos;
    long bytes = samples.getLast().doneBytes - samples.getFirst().doneBytes;
    return nanos <= 0 ? 0 : bytes * 1e9 / nanos;
  }

  private record Sample(long nanos, long doneBytes) {}
}
