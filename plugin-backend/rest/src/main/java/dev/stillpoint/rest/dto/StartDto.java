package dev.stillpoint.rest.dto;

import dev.stillpoint.schedule.Slot;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A slot in which a policy starts.
 *
 * @param begin its first instant
 * @param end the first instant after it
 * @param local its beginning as clocks in the zone show it, with their offset
 * @param note what daylight saving did to it
 */
public record StartDto(
    Instant begin, Instant end, String local, String zone, Optional<String> note) {

  public static StartDto of(Slot slot) {
    return new StartDto(
        slot.begin(),
        slot.end(),
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(slot.local()),
        slot.zone().getId(),
        slot.note());
  }
}
