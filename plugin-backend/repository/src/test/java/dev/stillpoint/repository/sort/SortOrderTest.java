package dev.stillpoint.repository.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortOrderTest {

  @Test
  void ordersByAllWordsUnsignedAlsoWhereTheFirstOnesAreAlike() {
    int[][] records = {{-1, 0}, {0, -1}, {0, 1}, {1, 0}, {0, 0}, {-1, -2}, {0, 1}};
    long[] order = SortOrder.of(records.length, 2, (record, word) -> records[record][word]);
    assertThat(Arrays.stream(order).mapToInt(place -> (int) place))
        .containsExactly(4, 2, 6, 1, 3, 0, 5);
  }

  @Test
  void agreesWithASimpleSortOnManyRecordsOfFewDifferentWords() {
    Random random = new Random(1);
    int[][] records = new int[20_000][4];
    for (int[] record : records) {
      for (int word = 0; word < record.length; word++) {
        record[word] = random.nextInt(8) - 4;
      }
    }
    long[] order = SortOrder.of(records.length, 4, (record, word) -> records[record][word]);
    int[][] sorted = records.clone();
    Arrays.sort(sorted, SortOrderTest::compareUnsigned);
    for (int i = 0; i < sorted.length; i++) {
      assertThat(records[(int) order[i]]).isEqualTo(sorted[i]);
    }
  }

  @Test
  void ordersNothing() {
    assertThat(SortOrder.of(0, 3, (record, word) -> fail("nothing to ask"))).isEmpty();
  }

  private static int compareUnsigned(int[] left, int[] right) {
    int word = Arrays.mismatch(left, right);
    return word < 0 ? 0 : Integer.compareUnsigned(left[word], right[word]);
  }
}
