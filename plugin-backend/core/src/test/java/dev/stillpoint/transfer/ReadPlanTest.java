package dev.stillpoint.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.Extent.Content;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

  private static final int GRID = 10;
  private static final List<Content> CONTENTS =
      List.of(Content.DATA, Content.ZERO, Content.UNCHANGED);

  @Test
  void readsOnlyWhatHoldsDataOfAFirstBackup() {
    ReadPlan plan = plan(100, false, extent(0, 20, Content.DATA), extent(20, 80, Content.ZERO));
    assertThat(plan.read()).containsExactly(new ByteRange(0, 20));
    assertThat(plan.zero()).as("a new image is zero already").isEmpty();
    assertThat(plan.bytesToRead()).isEqualTo(ByteCount.ofBytes(20));
  }

  @Test
  void keepsUnchangedAndZeroesWhatBecameZeroOnABase() {
    ReadPlan plan =
        plan(
            100,
            true,
            extent(0, 30, Content.UNCHANGED),
            extent(30, 20, Content.DATA),
            extent(50, 20, Content.ZERO),
            extent(70, 30, Content.UNCHANGED));
    assertThat(plan.read()).containsExactly(new ByteRange(30, 20));
    assertThat(plan.zero()).containsExactly(new ByteRange(50, 20));
  }

  @Test
  void widensADirtyStretchToTheGrid() {
    ReadPlan plan =
        plan(
            95,
            true,
            extent(0, 14, Content.UNCHANGED),
            extent(14, 2, Content.DATA),
            extent(16, 75, Content.UNCHANGED),
            extent(91, 4, Content.DATA));
    assertThat(plan.read()).containsExactly(new ByteRange(10, 10), new ByteRange(90, 5));
  }

  @Test
  void readsACellThatIsPartZeroAndPartUnchanged() {
    ReadPlan plan = plan(20, true, extent(0, 5, Content.ZERO), extent(5, 15, Content.UNCHANGED));
    assertThat(plan.read()).containsExactly(new ByteRange(0, 10));
    assertThat(plan.zero()).isEmpty();
  }

  @Test
  void readsWhatIsCalledUnchangedWhenThereIsNoBase() {
    ReadPlan plan = plan(20, false, extent(0, 20, Content.UNCHANGED));
    assertThat(plan.read()).containsExactly(new ByteRange(0, 20));
  }

  @Test
  void refusesGapsOverlapsAndAnEarlyEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(20, true, extent(5, 15, Content.DATA)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(20, true, extent(0, 10, Content.DATA)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(20, true, extent(0, 30, Content.DATA)));
  }

  /** For any extents: byte by byte, what is not read must be known to be right. */
  @Test
  void neverLeavesAByteOutThatHoldsNewData() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      int size = 1 + random.nextInt(200);
      boolean onBase = random.nextBoolean();
      List<Extent> extents = new ArrayList<>();
      for (int position = 0; position < size; ) {
        int length = 1 + random.nextInt(Math.min(35, size - position));
        Content content = CONTENTS.get(random.nextInt(CONTENTS.size()));
        extents.add(extent(position, length, content));
        position += length;
      }
      ReadPlan plan = ReadPlan.of(extents, ByteCount.ofBytes(size), onBase, GRID);
      for (Extent extent : extents) {
        for (long at = extent.range().start(); at < extent.range().end(); at++) {
          boolean read = covers(plan.read(), at);
          boolean zero = covers(plan.zero(), at);
          assertThat(read && zero).as("seed %d round %d at %d", seed, round, at).isFalse();
          boolean right =
              switch (extent.content()) {
                case DATA -> read;
                case ZERO -> read || zero || !onBase;
                case UNCHANGED -> onBase ? !zero : read;
              };
          assertThat(right).as("seed %d round %d at %d %s", seed, round, at, extent).isTrue();
        }
      }
      assertThat(plan.read()).allMatch(r -> r.start() % GRID == 0);
      assertThat(plan.read()).allMatch(r -> r.end() % GRID == 0 || r.end() == size);
      assertThat(plan.zero()).allMatch(r -> r.start() % GRID == 0);
      assertThat(plan.zero()).allMatch(r -> r.end() % GRID == 0 || r.end() == size);
    }
  }

  private static boolean covers(List<ByteRange> ranges, long at) {
    return ranges.stream().anyMatch(r -> r.start() <= at && at < r.end());
  }

  private static ReadPlan plan(long size, boolean onBase, Extent... extents) {
    return ReadPlan.of(List.of(extents), ByteCount.ofBytes(size), onBase, GRID);
  }

  private static Extent extent(long start, long length, Content content) {
    return new Extent(new ByteRange(start, length), content);
  }
}
