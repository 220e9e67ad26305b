package dev.stillpoint.space;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A line through days that is not bent by a few odd ones: the median of the slopes between all
 * pairs (Theil and Sen). Up to 29 of 100 days may be anything.
 */
final class Trend {

  private Trend() {}

  /**
   * @param days numbers of days, all different
   * @param values of these days
   * @return how much more each day; empty for fewer than two days
   */
  static OptionalDouble perDay(long[] days, double[] values) {
    int count = days.length;
    if (count < 2) {
      return OptionalDouble.empty();
    }
    double[] slopes = new double[count * (count - 1) / 2];
    int next = 0;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        slopes[next++] = (values[j] - values[i]) / (days[j] - days[i]);
      }
    }
    return OptionalDouble.of(median(slopes));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
