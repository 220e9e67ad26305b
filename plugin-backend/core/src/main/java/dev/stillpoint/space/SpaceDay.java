package dev.stillpoint.space;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.time.LocalDate;

/**
 * The repository at the last look of a day.
 *
 * @param day in UTC
 * @param needed what is used without what is known to be reclaimable
 * @param capacity what is used and what is free, together
 */
public record SpaceDay(LocalDate day, ByteCount needed, ByteCount capacity) {

  public SpaceDay {
    requireNonNull(day, "day");
    requireNonNull(needed, "needed");
    requireNonNull(capacity, "capacity");
  }
}
