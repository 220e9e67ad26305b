package dev.stillpoint.model;

/**
 * A half-open range of bytes, {@code [start, start + length)}.
 *
 * @param start offset of the first byte, zero or more
 * @param length number of bytes, one or more
 */
public record ByteRange(long start, long length) {

  public ByteRange {
    if (start < 0 || length <= 0 || start > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("Not a byte range: start " + start + " length " + length);
    }
  }

  public static ByteRange between(long start, long end) {
    return new ByteRange(start, end - start);
  }

  /** Offset of the first byte after the range. */
  public long end() {
    return start + length;
  }
}
