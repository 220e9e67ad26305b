package dev.stillpoint.repository;

import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns chunks, told in the order of the disk, into ranges of bytes, and cuts what reaches beyond a
 * part of it. Not thread-safe.
 */
final class ChunkRanges {

  private final List<ByteRange> ranges = new ArrayList<>();
  private final long partStart;
  private final long partEnd;
  private long start;
  private long end;

  ChunkRanges(long partStart, long partEnd) {
    this.partStart = partStart;
    this.partEnd = partEnd;
  }

  void add(long chunk) {
    addBytes(chunk * Grid.BYTES, (chunk + 1) * Grid.BYTES);
  }

  /** A range that begins where the last one did, or later. */
  void addBytes(long from, long to) {
    if (from > end) {
      close();
      start = from;
    }
    end = Math.max(end, to);
  }

  /** Ascending and merged. */
  List<ByteRange> ranges() {
    close();
    return List.copyOf(ranges);
  }

  private void close() {
    long from = Math.max(start, partStart);
    long to = Math.min(end, partEnd);
    if (to > from) {
      ranges.add(ByteRange.between(from, to));
    }
    start = end;
  }
}
