package dev.stillpoint.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The one hour of a day within which a policy's run starts.
 *
 * @param day the day of the schedule, in its zone
 * @param begin the first instant of the hour
 * @param zone the schedule's
 * @param note what daylight saving did to it, a sentence; empty otherwise
 */
public record Slot(LocalDate day, Instant begin, ZoneId zone, Optional<String> note) {

  public static final Duration LENGTH = Duration.ofHours(1);

  public Slot {
    requireNonNull(day, "day");
    requireNonNull(begin, "begin");
    requireNonNull(zone, "zone");
    requireNonNull(note, "note");
  }

  /** The first instant after the slot. */
  public Instant end() {
    return begin.plus(LENGTH);
  }

  public boolean holds(Instant instant) {
    return !instant.isBefore(begin) && instant.isBefore(end());
  }

  /** Its beginning as clocks there show it. */
  public ZonedDateTime local() {
    return begin.atZone(zone);
  }
}
