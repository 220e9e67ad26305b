package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chunk id → place, in memory, in about 50 bytes per chunk. Thread-safe.
 *
 * <p>A log of entries in arrays of primitives, and an open-addressed table of entry numbers over
 * it. A later entry for the same id supersedes the earlier; cutting off the log's end brings the
 * earlier back, which is how the entries of a pack that failed are forgotten.
 */
final class ChunkIndex {

  /** An entry outside: id (32), pack (4), offset (4), length with the damage mark on top (4). */
  static final int ENTRY_BYTES = ChunkId.BYTES + 12;

  private static final int SLAB_ENTRIES = 1 << 12;
  private static final int DAMAGED = 1 << 31;
  private static final double MAX_LOAD = 0.7;

  private final List<long[]> ids = new ArrayList<>();
  private final List<int[]> places = new ArrayList<>();
  private int size;
  private int occupied;
  private int damaged;
  private int[] table = new int[1 << 10];

  /** Entries in the log, superseded ones included. */
  synchronized int size() {
    return size;
  }

  /** Whether the chunk is stored and not known to be damaged. */
  synchronized boolean knows(ChunkId id) {
    int entry = table[slot(id)] - 1;
    return entry >= 0 && (placeWord(entry, 2) & DAMAGED) == 0;
  }

  synchronized Optional<ChunkPlace> find(ChunkId id) {
    int entry = table[slot(id)] - 1;
    return entry < 0 ? Optional.empty() : Optional.of(place(entry));
  }

  synchronized void put(ChunkId id, ChunkPlace place) {
    if (size % SLAB_ENTRIES == 0 && size / SLAB_ENTRIES == ids.size()) {
      ids.add(new long[4 * SLAB_ENTRIES]);
      places.add(new int[3 * SLAB_ENTRIES]);
    }
    long[] idSlab = ids.get(size / SLAB_ENTRIES);
    int[] placeSlab = places.get(size / SLAB_ENTRIES);
    int position = size % SLAB_ENTRIES;
    for (int word = 0; word < 4; word++) {
      idSlab[4 * position + word] = id.word(word);
    }
    placeSlab[3 * position] = place.pack();
    placeSlab[3 * position + 1] = place.offset();
    placeSlab[3 * position + 2] = place.length() | (place.damaged() ? DAMAGED : 0);
    size++;
    enter(size - 1);
  }

  /** Marks the chunk damaged, if it still lies at that place. */
  synchronized void markDamaged(ChunkId id, ChunkPlace place) {
    int entry = table[slot(id)] - 1;
    if (entry >= 0 && place(entry).samePlace(place) && !place(entry).damaged()) {
      put(id, place.asDamaged());
    }
  }

  /** How many chunks are marked damaged and have not been stored again. */
  synchronized int damaged() {
    return damaged;
  }

  /** Forgets every entry from {@code newSize} on. */
  synchronized void truncate(int newSize) {
    if (newSize < size) {
      size = newSize;
      while (ids.size() > (newSize + SLAB_ENTRIES - 1) / SLAB_ENTRIES) {
        ids.remove(ids.size() - 1);
        places.remove(places.size() - 1);
      }
      rebuild(table.length);
    }
  }

  /**
   * The entries {@code [from, to)} that no other of them supersedes, {@value #ENTRY_BYTES} bytes
   * each. One that only a younger entry supersedes is among them: the younger may yet be lost.
   */
  synchronized byte[] copy(int from, int to) {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(to - from, ENTRY_BYTES));
    for (int entry = from; entry < to; entry++) {
      ChunkId id = id(entry);
      int newest = table[slot(id)] - 1;
      if (newest == entry || newest >= to) {
        id.write(out);
        out.putInt(placeWord(entry, 0)).putInt(placeWord(entry, 1)).putInt(placeWord(entry, 2));
      }
    }
    byte[] copy = new byte[out.position()];
    out.flip().get(copy);
    return copy;
  }

  /** Reads the place of an entry as {@link #copy} wrote it. */
  static ChunkPlace readPlace(ByteBuffer from) {
    int pack = from.getInt();
    int offset = from.getInt();
    int length = from.getInt();
    return new ChunkPlace(pack, offset, length & ~DAMAGED, (length & DAMAGED) != 0);
  }

  private void enter(int entry) {
    int slot = slot(id(entry));
    if (table[slot] == 0) {
      occupied++;
    } else {
      damaged -= damageMark(table[slot] - 1);
    }
    damaged += damageMark(entry);
    table[slot] = entry + 1;
    if (occupied > table.length * MAX_LOAD) {
      rebuild(Math.multiplyExact(table.length, 2));
    }
  }

  private void rebuild(int slots) {
    table = new int[slots];
    occupied = 0;
    damaged = 0;
    for (int entry = 0; entry < size; entry++) {
      enter(entry);
    }
  }

  private int damageMark(int entry) {
    return (placeWord(entry, 2) & DAMAGED) == 0 ? 0 : 1;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  private int slot(ChunkId id) {
    int mask = table.length - 1;
    int slot = id.hashCode() & mask;
    while (table[slot] != 0 && !holds(table[slot] - 1, id)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean holds(int entry, ChunkId id) {
    long[] slab = ids.get(entry / SLAB_ENTRIES);
    int start = 4 * (entry % SLAB_ENTRIES);
    return slab[start] == id.word(0)
        && slab[start + 1] == id.word(1)
        && slab[start + 2] == id.word(2)
        && slab[start + 3] == id.word(3);
  }

  private ChunkId id(int entry) {
    long[] slab = ids.get(entry / SLAB_ENTRIES);
    int start = 4 * (entry % SLAB_ENTRIES);
    return new ChunkId(slab[start], slab[start + 1], slab[start + 2], slab[start + 3]);
  }

  private int placeWord(int entry, int word) {
    return places.get(entry / SLAB_ENTRIES)[3 * (entry % SLAB_ENTRIES) + word];
  }

  private ChunkPlace place(int entry) {
    int length = placeWord(entry, 2);
    return new ChunkPlace(
        placeWord(entry, 0), placeWord(entry, 1), length & ~DAMAGED, (length & DAMAGED) != 0);
  }
}
