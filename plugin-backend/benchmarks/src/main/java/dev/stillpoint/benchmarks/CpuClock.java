package dev.stillpoint.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the calling thread, by laps: other programs on the machine do not spoil it. */
final class CpuClock {

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long last = threads.getCurrentThreadCpuTime();

  /** Nanoseconds since the last lap. */
  long lap() {
    long now = threads.getCurrentThreadCpuTime();
    long lap = now - last;
    last = now;
    return lap;
  }
}
