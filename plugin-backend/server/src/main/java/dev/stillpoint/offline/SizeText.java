package dev.stillpoint.offline;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people type them: {@code 20GiB}, {@code 1.5 TiB}, {@code 4096}. */
final class SizeText {

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,6})?) ?([A-Za-z]*)");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

  private SizeText() {}

  /**
   * @throws StillpointException BAD_REQUEST for anything else; GB and the like are refused, for
   *     nobody knows which of the two is meant
   */
  static ByteCount parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    int unit = size.matches() ? UNITS.indexOf(size.group(2).isEmpty() ? "B" : size.group(2)) : -1;
    if (unit < 0) {
      throw refused(text);
    }
    BigDecimal bytes =
        new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * unit)));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw refused(text);
    }
    return ByteCount.ofBytes(bytes.longValue());
  }

  private static StillpointException refused(String text) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        "'" + text + "' is not a size",
        "Write it like 20GiB; the units are KiB, MiB, GiB, TiB and PiB.");
  }
}
