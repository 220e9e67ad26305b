package dev.stillpoint.repository.index;

import java.util.List;

/**
 * Which runs to merge when there are too many: as many of the newest as together are not much
 * smaller than the next. So a run is three times as large as all newer ones or more, their number
 * grows with the logarithm of the entries, and each entry is written again about as often. Pure.
 */
final class MergePlan {

  /** No more at once: each takes a buffer and a comparison. */
  private static final int MAX_INPUTS = 32;

  private static final long RATIO = 2;

  private MergePlan() {}

  /**
   * @param entries of the runs, newest first
   * @param smallest a run counts as having no fewer, so that tiny ones are merged together
   * @return how many of the newest to merge; 0 for none
   */
  static int newestToMerge(List<Long> entries, long smallest, int maxRuns) {
    if (entries.size() <= maxRuns || entries.size() < 2) {
      return 0;
    }
    int count = 2;
    long newer = 0;
    for (int i = 0; i < Math.min(entries.size(), MAX_INPUTS); i++) {
      long size = Math.max(smallest, entries.get(i));
      if (i > 0 && size <= RATIO * newer) {
        count = Math.max(count, i + 1);
      }
      newer += size;
    }
    return count;
  }
}
