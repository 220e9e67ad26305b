package dev.stillpoint.persistence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as text of one length: {@code Instant.toString} drops zeros and then sorts wrongly. */
final class InstantText {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private InstantText() {}

  static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
