package dev.stillpoint.repository.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.nbd.Allocation.Extent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Answers about disks that are too large to be looked at as a whole. */
class AllocationTest {

  private static final long GRID = 64 * 1024;
  private static final long TEBIBYTE = 1L << 40;

  /** 64 TiB with data where one says; remembers how much it was asked about. */
  private static final class Huge implements ImageReader {

    private final LongPredicate data;
    private long asked;
    private long widest;

    Huge(LongPredicate data) {
      this.data = data;
    }

    @Override
    public ByteCount size() {
      return ByteCount.ofBytes(64 * TEBIBYTE);
    }

    @Override
    public List<ByteRange> dataRanges() {
      throw new AssertionError("Nobody may ask for all ranges of a disk at once");
    }

    @Override
    public List<ByteRange> dataRanges(ByteRange part) {
      asked += part.length();
      widest = Math.max(widest, part.length());
      List<ByteRange> ranges = new ArrayList<>();
      for (long at = part.start(); at < part.end(); at = (at / GRID + 1) * GRID) {
        long end = Math.min(part.end(), (at / GRID + 1) * GRID);
        if (data.test(at / GRID)) {
          int last = ranges.size() - 1;
          if (last >= 0 && ranges.get(last).end() == at) {
            ranges.set(last, ByteRange.between(ranges.get(last).start(), end));
          } else {
            ranges.add(ByteRange.between(at, end));
          }
        }
      }
      return ranges;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      throw new AssertionError("Block status reads no data");
    }

    @Override
    public void close() {}
  }

  @Test
  void oneExtentOfAScatteredDiskCostsOneWindow() {
    Huge image = new Huge(chunk -> chunk % 2 == 0);
    assertThat(Allocation.of(image, new ByteRange(50 * TEBIBYTE, 0xFFFFFFFFL), true))
        .containsExactly(new Extent(GRID, true));
    assertThat(image.asked).isEqualTo(16 << 20);
  }

  @Test
  void neighboursAreOneExtentAcrossWindows() {
    Huge full = new Huge(chunk -> true);
    assertThat(Allocation.of(full, new ByteRange(5, 0xFFFFFFFFL), false))
        .containsExactly(new Extent(0xFFFFFFFFL, true));
    assertThat(full.widest).as("what is held at a time").isLessThanOrEqualTo(1 << 30);
    assertThat(Allocation.of(new Huge(chunk -> false), new ByteRange(5, 0xFFFFFFFFL), true))
        .containsExactly(new Extent(0xFFFFFFFFL, false));
  }

  @Test
  void anAnswerIsNoLongerThanItsLimitAllowsByMoreThanAWindow() {
    Huge image = new Huge(chunk -> chunk % 2 == 1);
    List<Extent> extents = Allocation.of(image, new ByteRange(0, 0xFFFFFFFFL), false);
    assertThat(extents)
        .hasSizeBetween(1000, 2 * Allocation.MAX_EXTENTS)
        .contains(new Extent(GRID, false));
    assertThat(extents.stream().mapToLong(Extent::bytes).sum()).isLessThanOrEqualTo(0xFFFFFFFFL);
  }
}
