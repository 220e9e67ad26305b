package dev.stillpoint.model;

import java.util.Locale;

/**
 * An amount of bytes.
 *
 * @param bytes zero or more
 */
public record ByteCount(long bytes) implements Comparable<ByteCount> {

  public static final ByteCount ZERO = new ByteCount(0);
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
