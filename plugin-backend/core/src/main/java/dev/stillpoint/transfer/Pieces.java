package dev.stillpoint.transfer;

import dev.stillpoint.model.ByteRange;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Hands ranges out in pieces of bounded length, each once, in order. Thread-safe. */
final class Pieces {

  private final Iterator<ByteRange> ranges;
  private final int maxBytes;
  private long start;
  private long end;

  Pieces(List<ByteRange> ranges, int maxBytes) {
    this.ranges = ranges.iterator();
    this.maxBytes = maxBytes;
  }

  /** The next piece; empty when all are handed out. Pieces end on multiples of their length. */
  synchronized Optional<ByteRange> next() {
    if (start == end) {
      if (!ranges.hasNext()) {
        return Optional.empty();
      }
      ByteRange range = ranges.next();
      start = range.start();
      end = range.end();
    }
    long boundary = (start / maxBytes + 1) * maxBytes;
    ByteRange piece = ByteRange.between(start, Math.min(boundary, end));
    start = piece.end();
    return Optional.of(piece);
  }
}
