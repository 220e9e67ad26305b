package dev.stillpoint.upkeep;

import dev.stillpoint.model.ByteRange;
import java.util.List;

/** Sums over lists of ranges that are ascending and merged. */
final class Ranges {

  private Ranges() {}

  static long length(List<ByteRange> ranges) {
    return ranges.stream().mapToLong(ByteRange::length).sum();
  }

  /** How much is in both. */
  static long common(List<ByteRange> first, List<ByteRange> second) {
    long common = 0;
    int i = 0;
    int j = 0;
    while (i < first.size() && j < second.size()) {
      ByteRange one = first.get(i);
      ByteRange other = second.get(j);
      long from = Math.max(one.start(), other.start());
      long to = Math.min(one.start() + one.length(), other.start() + other.length());
      common += Math.max(0, to - from);
      if (one.start() + one.length() < other.start() + other.length()) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }
}
