package dev.stillpoint.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplePlanTest {

  private static final int GRID = 10;
  private static final ByteCount ALL = ByteCount.ofBytes(1_000_000);

  private final Random random = new Random(1);

  private List<ByteRange> sample(ReadPlan plan, long size, int percent, ByteCount most) {
    return SamplePlan.of(plan, ByteCount.ofBytes(size), GRID, percent, most, random);
  }

  private static ByteRange range(long start, long end) {
    return ByteRange.between(start, end);
  }

  @Test
  void allOfWhatIsLeftAloneAndNothingElse() {
    ReadPlan plan = new ReadPlan(List.of(range(10, 30), range(60, 70)), List.of(range(30, 40)));
    assertThat(sample(plan, 95, 100, ALL))
        .containsExactly(
            range(0, 10),
            range(40, 50),
            range(50, 60),
            range(70, 80),
            range(80, 90),
            range(90, 95));
  }

  @Test
  void nothingWhereAllIsReadOrNothingIsWanted() {
    assertThat(sample(new ReadPlan(List.of(range(0, 95)), List.of()), 95, 100, ALL)).isEmpty();
    assertThat(sample(new ReadPlan(List.of(), List.of()), 95, 0, ALL)).isEmpty();
    assertThat(sample(new ReadPlan(List.of(), List.of()), 0, 100, ALL)).isEmpty();
  }

  @Test
  void aLittleIsAtLeastOneCellAndNeverMoreThanTheMost() {
    ReadPlan nothing = new ReadPlan(List.of(), List.of());
    assertThat(sample(nothing, 100, 1, ALL)).hasSize(1);
    assertThat(sample(nothing, 100_000, 1, ALL)).hasSize(100);
    assertThat(sample(nothing, 100_000, 50, ByteCount.ofBytes(77))).hasSize(7);
  }

  @Test
  void inTheLongRunEveryCellIsSeen() {
    ReadPlan plan = new ReadPlan(List.of(range(300, 600)), List.of());
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      sample(plan, 1000, 10, ALL).forEach(cell -> seen.add(cell.start()));
    }
    assertThat(seen).hasSize(70).noneMatch(start -> start >= 300 && start < 600);
  }
}
