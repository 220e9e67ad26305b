package dev.stillpoint.schedule;

import java.util.List;

/**
 * What a schedule will do.
 *
 * @param starts in their order
 * @param notes sentences about what one might wonder at: months without a start, days that a zone
 *     leaves out, hours that daylight saving moves
 */
public record Preview(List<Slot> starts, List<String> notes) {

  public Preview {
    starts = List.copyOf(starts);
    notes = List.copyOf(notes);
  }
}
