package dev.stillpoint.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ByteCount;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The API's values as people read them. */
public final class Wording {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private Wording() {}

  /** An amount of bytes; empty when absent. */
  public static String size(JsonNode bytes) {
    return bytes.isNumber() ? size(bytes.asLong()) : "";
  }

  public static String size(long bytes) {
    return ByteCount.ofBytes(Math.max(0, bytes)).toString();
  }

  /** A repository's space in one line. */
  public static String space(JsonNode repository) {
    JsonNode reserve = repository.path("reserveBytes");
    long unused = reserve.asLong() - repository.path("usedBytes").asLong();
    boolean claimed = repository.path("claimedBytes").asLong() >= unused;
    return size(repository.path("usedBytes"))
        + " used, "
        + size(repository.path("freeBytes"))
        + " free"
        + (reserve.isNumber() ? " of a reserve of " + size(reserve) : " on its disk, no reserve")
        + (reserve.isNumber() && !claimed
            ? "; ONLY " + size(repository.path("claimedBytes")) + " CLAIMED on the disk"
            : "");
  }

  /** An instant in the zone, with its offset; empty when absent. */
  public static String time(JsonNode instant, ZoneId zone) {
    try {
      return instant.isTextual() ? TIME.format(Instant.parse(instant.asText()).atZone(zone)) : "";
    } catch (DateTimeParseException e) {
      return instant.asText();
    }
  }

  public static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /** {@code 3.4 s}, {@code 42 s}, {@code 2:05 min}, {@code 1:02:05 h}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
    }
    return String.format(
        Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** How long it took from one instant to the other; empty while either is absent. */
  public static String between(JsonNode started, JsonNode ended) {
    try {
      return started.isTextual() && ended.isTextual()
          ? duration(
              Duration.between(Instant.parse(started.asText()), Instant.parse(ended.asText())))
          : "";
    } catch (DateTimeParseException e) {
      return "";
    }
  }

  public static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  /** The sum of a number over all items. */
  public static long sum(JsonNode items, String field) {
    long sum = 0;
    for (JsonNode item : items) {
      sum += item.path(field).asLong();
    }
    return sum;
  }

  /** Text that cannot move the cursor or break a line, whatever a manager's names hold. */
  public static String harmless(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** How many terminal columns the text takes. */
  public static int width(String text) {
    return text.codePoints()
        .map(
            c ->
                Character.getType(c) == Character.NON_SPACING_MARK
                    ? 0
                    : Character.isIdeographic(c) ? 2 : 1)
        .sum();
  }

  /** The text filled with spaces to the width. */
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** As much of the text as the width holds. */
  public static String cut(String text, int width) {
    String cut = text;
    while (width(cut) > width) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
