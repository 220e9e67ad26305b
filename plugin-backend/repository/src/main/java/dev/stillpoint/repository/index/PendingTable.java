package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.sort.SortOrder;
import dev.stillpoint.repository.sort.SortedRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries in memory, about 54 bytes each: arrays of primitives, and an open-addressed table of
 * entry numbers over them. Thread-safe.
 */
final class PendingTable {

  private static final int SLAB_ENTRIES = 1 << 12;
  private static final int ID_WORDS = ChunkId.BYTES / Long.BYTES;
  private static final int PLACE_WORDS = 3;
  private static final double MAX_LOAD = 0.7;

  private final List<long[]> ids = new ArrayList<>();
  private final List<int[]> places = new ArrayList<>();
  private int size;
  private int[] table = new int[1 << 10];

  synchronized int size() {
    return size;
  }

  synchronized long heapBytes() {
    return (long) Entries.BYTES * SLAB_ENTRIES * ids.size() + (long) Integer.BYTES * table.length;
  }

  synchronized Optional<ChunkPlace> find(ChunkId id) {
    int entry = table[slot(id)] - 1;
    return entry < 0 ? Optional.empty() : Optional.of(place(entry));
  }

  /** Puts an entry in the place of the one that the id had, if any. */
  synchronized void put(ChunkId id, ChunkPlace place) {
    int slot = slot(id);
    int entry = table[slot] - 1;
    if (entry < 0) {
      entry = size;
      add(id);
      table[slot] = entry + 1;
      if (size > table.length * MAX_LOAD) {
        grow();
      }
    }
    int[] slab = places.get(entry / SLAB_ENTRIES);
    int start = PLACE_WORDS * (entry % SLAB_ENTRIES);
    slab[start] = place.pack();
    slab[start + 1] = place.offset();
    slab[start + 2] = Entries.lengthWord(place);
  }

  /** The entries that are there now, with the places that they have when they are read. */
  synchronized SortedRecords sorted() {
    return new Cursor(SortOrder.of(size, 2 * ID_WORDS, this::idHalfWord));
  }

  private void add(ChunkId id) {
    if (size / SLAB_ENTRIES == ids.size()) {
      ids.add(new long[ID_WORDS * SLAB_ENTRIES]);
      places.add(new int[PLACE_WORDS * SLAB_ENTRIES]);
    }
    long[] slab = ids.get(size / SLAB_ENTRIES);
    int start = ID_WORDS * (size % SLAB_ENTRIES);
    for (int word = 0; word < ID_WORDS; word++) {
      slab[start + word] = id.word(word);
    }
    size++;
  }

  private void grow() {
    table = new int[Math.multiplyExact(table.length, 2)];
    for (int entry = 0; entry < size; entry++) {
      table[slot(id(entry))] = entry + 1;
    }
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
    int start = ID_WORDS * (entry % SLAB_ENTRIES);
    for (int word = 0; word < ID_WORDS; word++) {
      if (slab[start + word] != id.word(word)) {
        return false;
      }
    }
    return true;
  }

  private ChunkId id(int entry) {
    long[] slab = ids.get(entry / SLAB_ENTRIES);
    int start = ID_WORDS * (entry % SLAB_ENTRIES);
    return new ChunkId(slab[start], slab[start + 1], slab[start + 2], slab[start + 3]);
  }

  private int idHalfWord(int entry, int number) {
    long word = ids.get(entry / SLAB_ENTRIES)[ID_WORDS * (entry % SLAB_ENTRIES) + number / 2];
    return (int) (number % 2 == 0 ? word >>> 32 : word);
  }

  private ChunkPlace place(int entry) {
    int[] slab = places.get(entry / SLAB_ENTRIES);
    int start = PLACE_WORDS * (entry % SLAB_ENTRIES);
    return Entries.place(slab[start], slab[start + 1], slab[start + 2]);
  }

  private synchronized void write(int entry, ByteBuffer into) {
    id(entry).write(into);
    ChunkPlace place = place(entry);
    into.putInt(place.pack()).putInt(place.offset()).putInt(Entries.lengthWord(place));
  }

  private final class Cursor implements SortedRecords {

    private final long[] order;
    private final byte[] current = new byte[Entries.BYTES];
    private int next;

    Cursor(long[] order) {
      this.order = order;
    }

    @Override
    public boolean next() {
      if (next == order.length) {
        return false;
      }
      write((int) order[next], ByteBuffer.wrap(current));
      next++;
      return true;
    }

    @Override
    public byte[] buffer() {
      return current;
    }

    @Override
    public int offset() {
      return 0;
    }
  }
}
