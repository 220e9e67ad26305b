package dev.stillpoint.offline;

import dev.stillpoint.model.RestorePointId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Ids for imported points: {@code 20261121T083015-4k7qd}, in UTC. They sort by time and need no
 * quoting on a command line.
 */
final class NewPointId {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Without letters that look like digits. */
  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int RANDOM_LETTERS = 5;

  private NewPointId() {}

  static RestorePointId at(Instant time, RandomGenerator random) {
    StringBuilder id = new StringBuilder(TIME.format(time)).append('-');
    long bits = random.nextLong();
    for (int i = 0; i < RANDOM_LETTERS; i++) {
      id.append(LETTERS.charAt((int) (bits & 31)));
      bits >>>= 5;
    }
    return new RestorePointId(id.toString());
  }
}
