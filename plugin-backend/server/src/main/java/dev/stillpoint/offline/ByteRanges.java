package dev.stillpoint.offline;

import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A set of bytes of a disk, as ranges that are ascending and do not touch. Immutable. */
final class ByteRanges {

  static final ByteRanges NONE = new ByteRanges(List.of());

  private final List<ByteRange> ranges;

  private ByteRanges(List<ByteRange> ranges) {
    this.ranges = ranges;
  }

  /** Any ranges: unordered and overlapping ones too. */
  static ByteRanges of(Collection<ByteRange> any) {
    List<ByteRange> sorted = new ArrayList<>(any);
    sorted.sort(Comparator.comparingLong(ByteRange::start));
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange range : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && range.start() <= merged.get(last).end()) {
        ByteRange before = merged.get(last);
        long end = Math.max(before.end(), range.end());
        merged.set(last, ByteRange.between(before.start(), end));
      } else {
        merged.add(range);
      }
    }
    return new ByteRanges(merged);
  }

  /** The first bytes of a disk. */
  static ByteRanges first(long bytes) {
    return bytes == 0 ? NONE : new ByteRanges(List.of(new ByteRange(0, bytes)));
  }

  List<ByteRange> list() {
    return List.copyOf(ranges);
  }

  long totalBytes() {
    return ranges.stream().mapToLong(ByteRange::length).sum();
  }

  ByteRanges with(ByteRanges other) {
    List<ByteRange> both = new ArrayList<>(ranges);
    both.addAll(other.ranges);
    return of(both);
  }

  /** Every range begins and ends on the grid afterwards, or ends at the disk's end. */
  ByteRanges widened(int gridBytes, long sizeBytes) {
    List<ByteRange> wide = new ArrayList<>();
    for (ByteRange range : ranges) {
      long start = range.start() / gridBytes * gridBytes;
      long end = (range.end() - 1) / gridBytes * gridBytes;
      long cut = end > sizeBytes - gridBytes ? sizeBytes : end + gridBytes;
      if (cut > start) {
        wide.add(ByteRange.between(start, cut));
      }
    }
    return of(wide);
  }

  /** What is in both. */
  ByteRanges and(ByteRanges other) {
    List<ByteRange> both = new ArrayList<>();
    int mine = 0;
    int theirs = 0;
    while (mine < ranges.size() && theirs < other.ranges.size()) {
      ByteRange one = ranges.get(mine);
      ByteRange two = other.ranges.get(theirs);
      long start = Math.max(one.start(), two.start());
      long end = Math.min(one.end(), two.end());
      if (start < end) {
        both.add(ByteRange.between(start, end));
      }
      if (one.end() < two.end()) {
        mine++;
      } else {
        theirs++;
      }
    }
    return new ByteRanges(both);
  }

  /** What is not in the other. */
  ByteRanges without(ByteRanges other) {
    List<ByteRange> left = new ArrayList<>();
    int next = 0;
    for (ByteRange range : ranges) {
      long start = range.start();
      while (next < other.ranges.size() && other.ranges.get(next).end() <= start) {
        next++;
      }
      for (int i = next;
          i < other.ranges.size() && other.ranges.get(i).start() < range.end();
          i++) {
        ByteRange gone = other.ranges.get(i);
        if (gone.start() > start) {
          left.add(ByteRange.between(start, gone.start()));
        }
        start = gone.end();
      }
      if (start < range.end()) {
        left.add(ByteRange.between(start, range.end()));
      }
    }
    return new ByteRanges(left);
  }

  /** The same bytes cut into pieces, made while one iterates, that end on multiples of a length. */
  Iterator<ByteRange> pieces(int maxBytes) {
    Iterator<ByteRange> whole = ranges.iterator();
    return new Iterator<>() {
      private long position;
      private long end;

      @Override
      public boolean hasNext() {
        return position < end || whole.hasNext();
      }

      @Override
      public ByteRange next() {
        if (!hasNext()) {
          throw new NoSuchElementException("No more pieces");
        }
        if (position == end) {
          ByteRange range = whole.next();
          position = range.start();
          end = range.end();
        }
        long multiple = position / maxBytes * maxBytes;
        long cut = end - multiple > maxBytes ? multiple + maxBytes : end;
        ByteRange piece = ByteRange.between(position, cut);
        position = cut;
        return piece;
      }
    };
  }
}
