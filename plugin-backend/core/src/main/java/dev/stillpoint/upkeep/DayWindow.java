package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A part of every day.
 *
 * @param to before this; before {@code from} when the window reaches over midnight; equal to it:
 *     all day
 */
public record DayWindow(LocalTime from, LocalTime to, ZoneId zone) {

  private static final String ANY = "any";

  public DayWindow {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(zone, "zone");
  }

  public static DayWindow always() {
    return new DayWindow(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC);
  }

  /**
   * Reads {@code any}, {@code 22:00-06:00} (in UTC) or {@code 22:00-06:00 Europe/Berlin}.
   *
   * @throws StillpointException BAD_REQUEST for anything else
   */
  public static DayWindow parse(String text) {
    if (text.equals(ANY)) {
      return always();
    }
    try {
      String[] parts = text.strip().split(" +", 2);
      String[] times = parts[0].split("-", 2);
      return new DayWindow(
          LocalTime.parse(times[0]),
          LocalTime.parse(times.length == 2 ? times[1] : ""),
          parts.length == 2 ? ZoneId.of(parts[1]) : ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "'" + text + "' is no part of a day",
          "Write it like 22:00-06:00 Europe/Berlin, or any.",
          e);
    }
  }

  public boolean holds(Instant instant) {
    LocalTime time = instant.atZone(zone).toLocalTime();
    if (from.equals(to)) {
      return true;
    }
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }

  @Override
  public String toString() {
    return from.equals(to) ? ANY : from + "-" + to + " " + zone;
  }
}
