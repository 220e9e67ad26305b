package dev.stillpoint.repository.index;

/**
 * How much memory the index takes; tests make everything small.
 *
 * @param pendingEntries how many entries to put before they should be written; each takes about 54
 *     bytes of heap, twice while a batch is being written
 * @param filterBytes heap for the filters of small runs; the others are read from their files
 * @param maxRuns a merge is due when there are more
 */
public record IndexSettings(int pendingEntries, long filterBytes, int maxRuns) {

  public IndexSettings {
    if (pendingEntries < 1 || filterBytes < 0 || maxRuns < 1 || maxRuns > RunFormat.MAX_REPLACED) {
      throw new IllegalArgumentException(
          "Not settings: %d entries, %d bytes, %d runs"
              .formatted(pendingEntries, filterBytes, maxRuns));
    }
  }

  /** At most 28 MiB for what is pending and 16 MiB for filters. */
  public static IndexSettings standard() {
    return new IndexSettings(1 << 18, 16 << 20, 8);
  }
}
