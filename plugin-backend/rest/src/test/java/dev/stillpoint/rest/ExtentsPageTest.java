package dev.stillpoint.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.rest.dto.ExtentsDto;
import dev.stillpoint.rest.dto.ExtentsDto.ExtentDto;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentsPageTest {

  private static final long GIBIBYTE = 1L << 30;

  /** A disk with data in the given ranges. */
  private record Disk(long sizeBytes, List<ByteRange> data) implements ImageReader {

    @Override
    public ByteCount size() {
      return ByteCount.ofBytes(sizeBytes);
    }

    @Override
    public List<ByteRange> dataRanges() {
      throw new AssertionError("Nobody may ask for all ranges of a disk at once");
    }

    @Override
    public List<ByteRange> dataRanges(ByteRange part) {
      List<ByteRange> inside = new ArrayList<>();
      for (ByteRange range : data) {
        long start = Math.max(range.start(), part.start());
        long end = Math.min(range.end(), part.end());
        if (start < end) {
          inside.add(ByteRange.between(start, end));
        }
      }
      return inside;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      throw new AssertionError("Extents need no data");
    }

    @Override
    public void close() {}
  }

  @Test
  void rangesAreMergedAcrossWindows() {
    Disk disk = new Disk(5 * GIBIBYTE, List.of(new ByteRange(100, 3 * GIBIBYTE)));
    ExtentsDto page = ExtentsPage.read(disk, 0, 10);
    assertThat(page.items()).containsExactly(new ExtentDto(100, 3 * GIBIBYTE));
    assertThat(page.next()).isEmpty();
  }

  @Test
  void pagesFollowEachOtherWithoutLoss() {
    List<ByteRange> data = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      data.add(new ByteRange(i * 1000L, 10));
    }
    Disk disk = new Disk(30_000, data);
    List<ExtentDto> all = new ArrayList<>();
    long next = 0;
    int pages = 0;
    while (next >= 0) {
      ExtentsDto page = ExtentsPage.read(disk, next, 10);
      all.addAll(page.items());
      next = page.next().orElse(-1L);
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void aPageOfAHugeDiskEndsInTimeAndSaysWhereToGoOn() {
    Disk disk = new Disk(64L << 40, List.of(new ByteRange(300 * GIBIBYTE, 10)));
    ExtentsDto first = ExtentsPage.read(disk, 0, 10);
    assertThat(first.items()).isEmpty();
    assertThat(first.next()).contains(256 * GIBIBYTE);
    assertThat(ExtentsPage.read(disk, 256 * GIBIBYTE, 10).items())
        .containsExactly(new ExtentDto(300 * GIBIBYTE, 10));
  }

  @Test
  void emptyDisksAndTheEndHaveNoExtents() {
    assertThat(ExtentsPage.read(new Disk(0, List.of()), 0, 1).items()).isEmpty();
    assertThat(ExtentsPage.read(new Disk(5, List.of()), 5, 1).next()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    Disk disk = new Disk(5, List.of());
    for (long start : new long[] {-1, 6}) {
      assertThatThrownBy(() -> ExtentsPage.read(disk, start, 1)).hasMessageContaining("start");
    }
    for (int limit : new int[] {0, -1, 10_001}) {
      assertThatThrownBy(() -> ExtentsPage.read(disk, 0, limit)).hasMessageContaining("limit");
    }
  }
}
