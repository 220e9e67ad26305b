package dev.stillpoint.transfer;

import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do with each stretch of a disk, on the repository's grid. Pure.
 *
 * <p>A grid cell of which any part holds data is read whole; so is one that is part zero and part
 * unchanged, because only the source has both parts.
 *
 * @param read ranges to read, ascending, neighbours merged
 * @param zero ranges to make zero, likewise
 */
public record ReadPlan(List<ByteRange> read, List<ByteRange> zero) {

  public ReadPlan {
    read = List.copyOf(read);
    zero = List.copyOf(zero);
  }

  /**
   * @param extents the whole disk, in order, without gaps
   * @param onBase whether unchanged stretches are taken from an earlier image; without one they are
   *     read, and zero stretches need nothing
   * @param gridBytes every range starts on a multiple of it, and ends on one or at the disk's end
   */
  public static ReadPlan of(List<Extent> extents, ByteCount size, boolean onBase, int gridBytes) {
    Planner planner = new Planner(size.bytes(), onBase, gridBytes);
    extents.forEach(planner::add);
    return planner.plan();
  }

  /** Bytes to read. */
  public ByteCount bytesToRead() {
    return new ByteCount(read.stream().mapToLong(ByteRange::length).sum());
  }

  private enum Cell {
    EMPTY,
    READ,
    ZERO,
    KEEP
  }

  /** Walks the extents once; only the grid cell that is not complete yet is remembered. */
  private static final class Planner {

    private final long size;
    private final boolean onBase;
    private final int grid;
    private final Stretches read = new Stretches();
    private final Stretches zero = new Stretches();
    private long position;
    private Cell partial = Cell.EMPTY;

    Planner(long size, boolean onBase, int grid) {
      this.size = size;
      this.onBase = onBase;
      this.grid = grid;
    }

    void add(Extent extent) {
      if (extent.range().start() != position || extent.range().end() > size) {
        throw new IllegalArgumentException(
            "Extents must cover the disk without gaps: at " + position + " came " + extent);
      }
      Cell cell = cellOf(extent.content());
      while (position < extent.range().end()) {
        long cellStart = position / grid * grid;
        boolean whole = position == cellStart;
        long end;
        if (whole && extent.range().end() >= cellStart + grid) {
          end = extent.range().end() / grid * grid;
          emit(cell, position, end);
        } else {
          end = Math.min(Math.min(cellStart + grid, size), extent.range().end());
          partial = merge(partial, cell);
          if (end == cellStart + grid || end == size) {
            emit(partial, cellStart, end);
            partial = Cell.EMPTY;
          }
        }
        position = end;
      }
    }

    ReadPlan plan() {
      if (position != size) {
        throw new IllegalArgumentException("Extents end at " + position + ", the disk at " + size);
      }
      return new ReadPlan(read.ranges(), zero.ranges());
    }

    private Cell cellOf(Extent.Content content) {
      return switch (content) {
        case DATA -> Cell.READ;
        case ZERO -> onBase ? Cell.ZERO : Cell.KEEP;
        case UNCHANGED -> onBase ? Cell.KEEP : Cell.READ;
      };
    }

    private static Cell merge(Cell a, Cell b) {
      if (a == Cell.EMPTY || a == b) {
        return b;
      }
      return Cell.READ;
    }

    private void emit(Cell cell, long start, long end) {
      switch (cell) {
        case READ -> read.add(start, end);
        case ZERO -> zero.add(start, end);
        case KEEP, EMPTY -> {}
      }
    }
  }

  /** Ascending ranges; neighbours become one. */
  private static final class Stretches {

    private final List<ByteRange> ranges = new ArrayList<>();

    void add(long start, long end) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).end() == start) {
        ranges.set(last, ByteRange.between(ranges.get(last).start(), end));
      } else {
        ranges.add(ByteRange.between(start, end));
      }
    }

    List<ByteRange> ranges() {
      return ranges;
    }
  }
}
