package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Optional;

/**
 * What a policy, or who asks for a run, wants of the order; what it does not say, the server's
 * configuration says.
 *
 * @param batchSize so many VMs share a snapshot time, then the next; 0: all at once
 * @param readers how many are read at one time, 1 to 16
 */
public record GroupSettings(
    Optional<LoadOrder> order,
    Optional<OrderBy> by,
    Optional<Collective> collective,
    Optional<Integer> batchSize,
    Optional<Integer> readers) {

  /** Says nothing. */
  public static final GroupSettings STANDARD =
      new GroupSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public static final int MAX_READERS = 16;
  public static final int MAX_BATCH = 10_000;

  public GroupSettings {
    requireNonNull(order, "order");
    requireNonNull(by, "by");
    requireNonNull(collective, "collective");
    requireWithin("batchSize", batchSize, 0, MAX_BATCH);
    requireWithin("readers", readers, 1, MAX_READERS);
  }

  private static void requireWithin(String what, Optional<Integer> number, int min, int max) {
    if (number.filter(n -> n < min || n > max).isPresent()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "%s cannot be %d".formatted(what, number.get()),
          "Give a number from %d to %d.".formatted(min, max));
    }
  }
}
