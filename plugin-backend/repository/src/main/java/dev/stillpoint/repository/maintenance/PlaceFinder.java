package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.index.EntryCursor;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.Arrays;

/** Finds the places of chunks that are sorted by their ids: one by one if few, else by a merge. */
final class PlaceFinder {

  /** A look-up costs about as much as passing so many entries. */
  private static final long ENTRIES_PER_LOOKUP = 100;

  private final PackKeeper keeper;

  PlaceFinder(PackKeeper keeper) {
    this.keeper = keeper;
  }

  /** Is told of each chunk, in the order of the ids. */
  interface Visitor {

    /**
     * @param record holds what was given, from {@code at}, only during the call
     */
    void found(ChunkPlace place, byte[] record, int at);

    /** The chunk is in no pack. */
    void missing(byte[] record, int at);
  }

  /**
   * @param records that begin with ids, sorted
   * @param count of them, at most
   */
  void find(SortedRecords records, long count, Visitor visitor) {
    if (count * ENTRIES_PER_LOOKUP < keeper.entries()) {
      lookUp(records, visitor);
    } else {
      try (EntryCursor entries = keeper.cursor()) {
        merge(records, entries, visitor);
      }
    }
  }

  private void lookUp(SortedRecords records, Visitor visitor) {
    while (records.next()) {
      byte[] buffer = records.buffer();
      int at = records.offset();
      keeper
          .find(Records.id(buffer, at))
          .ifPresentOrElse(
              place -> visitor.found(place, buffer, at), () -> visitor.missing(buffer, at));
    }
  }

  private static void merge(SortedRecords records, EntryCursor entries, Visitor visitor) {
    boolean more = entries.next();
    while (records.next()) {
      byte[] buffer = records.buffer();
      int at = records.offset();
      int order = more ? compare(entries, buffer, at) : 1;
      while (more && order < 0) {
        more = entries.next();
        order = more ? compare(entries, buffer, at) : 1;
      }
      if (order == 0) {
        visitor.found(entries.place(), buffer, at);
      } else {
        visitor.missing(buffer, at);
      }
    }
  }

  private static int compare(EntryCursor entry, byte[] buffer, int at) {
    return Arrays.compareUnsigned(
        entry.buffer(),
        entry.offset(),
        entry.offset() + ChunkId.BYTES,
        buffer,
        at,
        at + ChunkId.BYTES);
  }
}
