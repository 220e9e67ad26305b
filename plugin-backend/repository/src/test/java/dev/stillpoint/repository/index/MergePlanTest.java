package dev.stillpoint.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergePlanTest {

  private static final int MAX_RUNS = 8;

  @Test
  void mergesNothingWhileThereAreFewRuns() {
    assertThat(MergePlan.newestToMerge(Collections.nCopies(8, 5L), 1, MAX_RUNS)).isZero();
    assertThat(MergePlan.newestToMerge(List.of(), 1, 1)).isZero();
    assertThat(MergePlan.newestToMerge(List.of(7L), 1, 1)).isZero();
  }

  @Test
  void mergesAllThatAreAlike() {
    assertThat(MergePlan.newestToMerge(Collections.nCopies(9, 5L), 1, MAX_RUNS)).isEqualTo(9);
  }

  @Test
  void leavesALargeRunAloneUntilTheNewerOnesAreNearlyAsLarge() {
    assertThat(MergePlan.newestToMerge(List.of(1L, 1L, 1L, 1000L), 1, 2)).isEqualTo(3);
    assertThat(MergePlan.newestToMerge(List.of(200L, 200L, 100L, 1000L), 1, 2)).isEqualTo(4);
  }

  @Test
  void mergesTheNewestTwoWhenEachIsMuchLargerThanAllNewer() {
    assertThat(MergePlan.newestToMerge(List.of(1L, 10L, 100L), 1, 2)).isEqualTo(2);
  }

  @Test
  void countsTinyRunsAsLarger() {
    assertThat(MergePlan.newestToMerge(List.of(1L, 10L, 100L), 100, 2)).isEqualTo(3);
  }

  @Test
  void mergesManyRunsInParts() {
    assertThat(MergePlan.newestToMerge(Collections.nCopies(1000, 5L), 1, MAX_RUNS)).isEqualTo(32);
  }

  /** 10 TiB, written as the standard settings do, and the small commits of daily life. */
  @Test
  void writesEachEntryFewTimesHoweverManyThereAre() {
    Random random = new Random(1);
    List<Long> newestFirst = new ArrayList<>();
    long entries = 0;
    long written = 0;
    while (entries < 170_000_000L) {
      long run = random.nextInt(3) == 0 ? 1 + random.nextInt(1000) : 1 << 18;
      newestFirst.add(0, run);
      entries += run;
      int count = MergePlan.newestToMerge(newestFirst, 1 << 16, MAX_RUNS);
      while (count > 0) {
        List<Long> merged = newestFirst.subList(0, count);
        long sum = merged.stream().mapToLong(Long::longValue).sum();
        written += sum;
        merged.clear();
        newestFirst.add(0, sum);
        count = MergePlan.newestToMerge(newestFirst, 1 << 16, MAX_RUNS);
      }
      assertThat(newestFirst).hasSizeLessThanOrEqualTo(MAX_RUNS);
    }
    assertThat(written).isLessThan(10 * entries);
  }
}
