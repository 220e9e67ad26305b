package dev.stillpoint.repository.sort;

import java.util.Arrays;

/** The order in which records that lie in memory follow each other. Pure. */
public final class SortOrder {

  private SortOrder() {}

  /**
   * Sorts by words of 32 bits, unsigned, the first before the second. Takes at most 16 bytes of
   * memory for each record.
   *
   * @param count of the records
   * @param words that each has
   * @return for each place in the order, in its low 32 bits, the number of the record
   */
  public static long[] of(int count, int words, WordSource source) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    sort(order, 0, count, 0, words, source);
    return order;
  }

  private static void sort(long[] order, int from, int to, int word, int words, WordSource source) {
    for (int i = from; i < to; i++) {
      int record = (int) order[i];
      // Flipping the sign bit makes the signed order of longs the unsigned order of words.
      order[i] = ((long) (source.word(record, word) ^ Integer.MIN_VALUE) << 32) | record;
    }
    Arrays.sort(order, from, to);
    if (word + 1 == words) {
      return;
    }
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || order[i] >>> 32 != order[start] >>> 32) {
        if (i - start > 1) {
          sort(order, start, i, word + 1, words, source);
        }
        start = i;
      }
    }
  }

  /** Tells the words of records. */
  public interface WordSource {
    int word(int record, int number);
  }
}
