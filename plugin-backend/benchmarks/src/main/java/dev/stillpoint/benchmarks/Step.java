package dev.stillpoint.benchmarks;

import java.util.List;

/**
 * What one tool needed for one kind of work, over all runs.
 *
 * @param runs how often it worked
 * @param failures how often it did not
 * @param wallSeconds median
 * @param cpuSeconds median, of all threads
 * @param peakBytes of memory, the highest
 * @param addedBytes to the repository, median; negative when it shrank
 * @param storedBytes in the repository after it, median
 */
record Step(
    String tool,
    String work,
    int runs,
    int failures,
    double wallSeconds,
    double cpuSeconds,
    long peakBytes,
    long addedBytes,
    long storedBytes) {

  private static final int COLUMNS = 7;

  /**
   * @param lines of one tool and work, tab-separated as compare.sh writes them: tool, work, wall
   *     seconds, CPU seconds, peak bytes, bytes stored before, bytes stored after; or tool, work,
   *     "failed"
   */
  static Step of(String tool, String work, List<String[]> lines) {
    List<String[]> good = lines.stream().filter(line -> line.length == COLUMNS).toList();
    return new Step(
        tool,
        work,
        good.size(),
        lines.size() - good.size(),
        median(good, 2),
        median(good, 3),
        good.stream().mapToLong(line -> Long.parseLong(line[4])).max().orElse(0),
        Math.round(median(good, 6) - median(good, 5)),
        Math.round(median(good, 6)));
  }

  boolean worked() {
    return runs > 0 && failures == 0;
  }

  private static double median(List<String[]> lines, int column) {
    double[] sorted =
        lines.stream().mapToDouble(line -> Double.parseDouble(line[column])).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
