package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.index.EntryCursor;
import dev.stillpoint.repository.sort.RecordSorter;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.Arrays;
import java.util.Optional;

/** Finds the places of chunks that are sorted by their ids: one by one if few, else by a merge. */
final class PlaceFinder {

  /** A look-up costs about as much as passing so many entries. */
  private static final long ENTRIES_PER_LOOKUP = 100;

  private final PackKeeper keeper;

  PlaceFinder(PackKeeper keeper) {
    this.keeper = keeper;
  }

  /** Is told of chunks that are in no pack. */
  interface MissingListener {
    void missing(ChunkId id, int owner);
  }

  /**
   * @param owned owned records, sorted
   * @param count of them, at most
   * @param placed takes a placed record for each that is in a pack
   */
  void find(SortedRecords owned, long count, RecordSorter placed, MissingListener listener) {
    if (count * ENTRIES_PER_LOOKUP < keeper.entries()) {
      lookUp(owned, placed, listener);
    } else {
      try (EntryCursor entries = keeper.cursor()) {
        merge(owned, entries, placed, listener);
      }
    }
  }

  private void lookUp(SortedRecords owned, RecordSorter placed, MissingListener listener) {
    byte[] record = new byte[Records.PLACED_BYTES];
    while (owned.next()) {
      ChunkId id = Records.id(owned.buffer(), owned.offset());
      Optional<ChunkPlace> place = keeper.find(id);
      int owner = Records.word(owned.buffer(), owned.offset() + ChunkId.BYTES);
      if (place.isPresent()) {
        Records.place(record, place.get(), owned.buffer(), owned.offset(), owner);
        placed.add(record, 0);
      } else {
        listener.missing(id, owner);
      }
    }
  }

  private static void merge(
      SortedRecords owned, EntryCursor entries, RecordSorter placed, MissingListener listener) {
    byte[] record = new byte[Records.PLACED_BYTES];
    boolean more = entries.next();
    while (owned.next()) {
      byte[] buffer = owned.buffer();
      int at = owned.offset();
      int order = more ? compare(entries, buffer, at) : 1;
      while (more && order < 0) {
        more = entries.next();
        order = more ? compare(entries, buffer, at) : 1;
      }
      int owner = Records.word(buffer, at + ChunkId.BYTES);
      if (order == 0) {
        Records.place(record, entries.place(), buffer, at, owner);
        placed.add(record, 0);
      } else {
        listener.missing(Records.id(buffer, at), owner);
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
