package dev.stillpoint.hypervisor.lab.recordings;

import dev.stillpoint.hypervisor.lab.model.LabTimes;
import java.time.Duration;

/** An engine that takes its time. */
final class Unhurried {
  private Unhurried() {}

  /** Long enough that each state can still be seen on a machine that is busy with other things. */
  static LabTimes times() {
    Duration step = Duration.ofMillis(400);
    Duration longer = step.multipliedBy(2);
    return new LabTimes(
        step,
        step,
        step,
        step,
        step,
        longer,
        step,
        longer,
        step,
        longer,
        longer,
        Duration.ofMillis(100),
        Duration.ofSeconds(60),
        step,
        Duration.ofSeconds(60));
  }
}
