package dev.stillpoint.repository;

import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.List;

/** Turns chunks, told in the order of the disk, into ranges of bytes. Not thread-safe. */
final class ChunkRanges {

  private final List<ByteRange> ranges = new ArrayList<>();
  private final long sizeBytes;
  private long start;
  private long end;

  /**
   * @param sizeBytes of the image, where the last range ends at the latest
   */
  ChunkRanges(long sizeBytes) {
    this.sizeBytes = sizeBytes;
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
    long cut = Math.min(end, sizeBytes);
    if (cut > start) {
      ranges.add(ByteRange.between(start, cut));
    }
    start = end;
  }
}
