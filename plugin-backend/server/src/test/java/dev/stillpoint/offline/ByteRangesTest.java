package dev.stillpoint.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRangesTest {

  private static final int SIZE = 200;
  private final Random random = new Random(1);

  private List<ByteRange> someRanges() {
    List<ByteRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      int start = random.nextInt(SIZE);
      ranges.add(new ByteRange(start, 1 + random.nextInt(Math.min(30, SIZE - start))));
    }
    return ranges;
  }

  private static BitSet bits(List<ByteRange> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set((int) range.start(), (int) range.end()));
    return bits;
  }

  private static void assertNormal(ByteRanges ranges) {
    long end = -1;
    for (ByteRange range : ranges.list()) {
      assertThat(range.start()).as("%s", ranges.list()).isGreaterThan(end);
      end = range.end();
    }
  }

  @Test
  void calculatesLikeSetsOfBytes() {
    for (int round = 0; round < 2000; round++) {
      List<ByteRange> first = someRanges();
      List<ByteRange> second = someRanges();
      ByteRanges one = ByteRanges.of(first);
      ByteRanges other = ByteRanges.of(second);
      assertNormal(one);
      BitSet and = bits(first);
      and.and(bits(second));
      assertThat(bits(one.and(other).list())).isEqualTo(and);
      BitSet without = bits(first);
      without.andNot(bits(second));
      assertThat(bits(one.without(other).list())).isEqualTo(without);
      assertThat(one.without(other).totalBytes()).isEqualTo(without.cardinality());
      BitSet with = bits(first);
      with.or(bits(second));
      assertThat(bits(one.with(other).list())).isEqualTo(with);
      assertNormal(one.with(other));
    }
  }

  @Test
  void widensToTheGridButNotBeyondTheEnd() {
    for (int round = 0; round < 500; round++) {
      List<ByteRange> ranges = someRanges();
      BitSet expected = new BitSet();
      for (ByteRange range : ranges) {
        for (long i = range.start(); i < range.end(); i++) {
          int chunk = (int) i / 16 * 16;
          expected.set(chunk, Math.min(chunk + 16, SIZE));
        }
      }
      ByteRanges wide = ByteRanges.of(ranges).widened(16, SIZE);
      assertThat(bits(wide.list())).isEqualTo(expected);
      assertNormal(wide);
    }
  }

  @Test
  void cutsPiecesThatEndOnMultiplesAndMissNothing() {
    for (int round = 0; round < 500; round++) {
      ByteRanges ranges = ByteRanges.of(someRanges());
      List<ByteRange> pieces = new ArrayList<>();
      ranges.pieces(32).forEachRemaining(pieces::add);
      assertThat(ByteRanges.of(pieces).list()).isEqualTo(ranges.list());
      assertThat(pieces.stream().mapToLong(ByteRange::length).sum()).isEqualTo(ranges.totalBytes());
      assertThat(pieces).allMatch(piece -> piece.start() / 32 == (piece.end() - 1) / 32);
    }
  }

  @Test
  void holdsNothingForADiskOfNoBytes() {
    assertThat(ByteRanges.first(0).list()).isEmpty();
    assertThat(ByteRanges.first(0).pieces(32)).isExhausted();
    assertThat(ByteRanges.first(7).list()).containsExactly(new ByteRange(0, 7));
  }

  @Test
  void widensAtTheEndOfTheLargestNumbers() {
    long size = Long.MAX_VALUE;
    assertThat(ByteRanges.of(List.of(new ByteRange(size - 5, 5))).widened(65536, size).list())
        .containsExactly(ByteRange.between(size / 65536 * 65536, size));
  }
}
