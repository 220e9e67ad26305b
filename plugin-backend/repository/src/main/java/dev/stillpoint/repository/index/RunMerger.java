package dev.stillpoint.repository.index;

import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** Writes one run in the place of several, in constant memory but for the fences. */
final class RunMerger {

  /** For all inputs together. */
  private static final int BUFFER_BLOCKS = 1024;

  private final BlobStore blobs;
  private final DamageListener listener;
  private final int smallEntries;

  RunMerger(BlobStore blobs, DamageListener listener, int smallEntries) {
    this.blobs = blobs;
    this.listener = listener;
    this.smallEntries = smallEntries;
  }

  /**
   * Merges runs that follow each other in age; superseded entries and those of packs that are not
   * accepted are left out.
   *
   * @param inputs newest first
   * @param number of the new run
   * @param stop asked between two entries
   * @return false when it was stopped, and nothing was written
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when an input is damaged, after
   *     the listener has heard of it; OUT_OF_SPACE, STORAGE_UNAVAILABLE
   */
  boolean merge(List<Run> inputs, long number, IntPredicate pack, BooleanSupplier stop) {
    long entries = 0;
    int highestPack = -1;
    Extents extents = Extents.NONE;
    List<Long> replaced = new ArrayList<>();
    for (Run run : inputs) {
      entries += run.entries();
      highestPack = Math.max(highestPack, run.highestPack());
      extents = extents.union(run.extents());
      replaced.add(run.number());
    }
    try (RunWriter writer = new RunWriter(blobs, number, entries, smallEntries);
        EntryCursor cursor = new EntryCursor(readers(inputs, listener), pack, () -> {})) {
      while (cursor.next()) {
        if (stop.getAsBoolean()) {
          return false;
        }
        writer.add(cursor.buffer(), cursor.offset());
      }
      writer.finish(inputs.get(0).age(), extents.only(pack), replaced, highestPack);
    }
    return true;
  }

  /** Reads all of them side by side, with at most 4 MiB of buffers. */
  static List<SortedRecords> readers(List<Run> runs, DamageListener listener) {
    int share = Integer.highestOneBit(Math.max(1, BUFFER_BLOCKS / Math.max(1, runs.size())));
    List<SortedRecords> readers = new ArrayList<>();
    for (Run run : runs) {
      readers.add(new RunEntries(run, Math.min(share, RunFormat.GROUP_BLOCKS), listener));
    }
    return readers;
  }
}
