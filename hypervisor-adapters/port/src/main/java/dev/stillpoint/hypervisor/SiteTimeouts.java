package dev.stillpoint.hypervisor;

import java.time.Duration;
import java.util.List;

/**
 * How long we wait for a manager; all longer than zero.
 *
 * @param connect to open a connection
 * @param answer for the next bytes of an answer
 * @param operation for an operation that the manager accepted to reach its end state: a snapshot to
 *     be ready, a disk to be unlocked, a transfer to be finished
 * @param poll between two looks at such an operation
 */
public record SiteTimeouts(Duration connect, Duration answer, Duration operation, Duration poll) {

  public SiteTimeouts {
    for (Duration duration : List.of(connect, answer, operation, poll)) {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("A time-out must be longer than zero: " + duration);
      }
    }
  }
}
