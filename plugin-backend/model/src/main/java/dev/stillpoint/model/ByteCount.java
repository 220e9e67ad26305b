package dev.stillpoint.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes.
 *
 * @param bytes zero or more
 */
public record ByteCount(long bytes) implements Comparable<ByteCount> {

  public static final ByteCount ZERO = new ByteCount(0);
  private static final Pattern TYPED =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,6})?) ?([A-Za-z]*)");
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  public ByteCount {
    if (bytes < 0) {
      throw new IllegalArgumentException("A byte count cannot be negative: " + bytes);
    }
  }

  public static ByteCount ofBytes(long bytes) {
    return new ByteCount(bytes);
  }

  public static ByteCount ofMebibytes(long mebibytes) {
    return new ByteCount(Math.multiplyExact(mebibytes, 1L << 20));
  }

  public static ByteCount ofGibibytes(long gibibytes) {
    return new ByteCount(Math.multiplyExact(gibibytes, 1L << 30));
  }

  /**
   * Reads an amount as people type it: {@code 20GiB}, {@code 1.5 TiB}, {@code 4096}.
   *
   * @throws StillpointException BAD_REQUEST for anything else; GB and the like are refused, for
   *     nobody knows which of the two is meant
   */
  public static ByteCount parse(String text) {
    Matcher size = TYPED.matcher(text.strip());
    int unit =
        size.matches() ? List.of(UNITS).indexOf(size.group(2).isEmpty() ? "B" : size.group(2)) : -1;
    if (unit >= 0) {
      BigDecimal bytes =
          new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * unit)));
      if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
        return new ByteCount(bytes.longValue());
      }
    }
    throw new StillpointException(
        ErrorKind.BAD_REQUEST,
        "'" + text + "' is not a size",
        "Write it like 20GiB; the units are KiB, MiB, GiB, TiB and PiB.");
  }

  public ByteCount plus(ByteCount other) {
    return new ByteCount(Math.addExact(bytes, other.bytes));
  }

  @Override
  public int compareTo(ByteCount other) {
    return Long.compare(bytes, other.bytes);
  }

  /** For people: {@code 1.5 GiB}; amounts below one KiB are exact. */
  @Override
  public String toString() {
    int unit = 0;
    double amount = bytes;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, amount < 100 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
  }
}
