package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/** An entry as the tests see it, and how they make them. */
record Entry(ChunkId id, ChunkPlace place) {

  static final IntPredicate ANY = pack -> true;

  /** Room for the filters of runs of up to 1,488 entries, and merges soon. */
  static final IndexSettings SMALL = new IndexSettings(100, 1 << 11, 3);

  /** Ids are spread like hashes; now and then some share the first bytes or more of them. */
  static ChunkId id(long number) {
    Random random = new Random(number);
    long first = random.nextLong();
    long second = random.nextLong();
    if (number % 5 == 0) {
      first = 0x8765432112345678L;
    } else if (number % 5 == 1) {
      first = (first & 0xffffffffL) | 0xff_ff_ff_ff_00_00_00_00L;
    }
    return new ChunkId(first, second, number, random.nextLong());
  }

  static ChunkPlace place(int pack, int offset) {
    return new ChunkPlace(pack, offset, 10, false);
  }

  /** Entries of one pack, ten bytes each. */
  static List<Entry> pack(int pack, int firstNumber, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(id(firstNumber + i), place(pack, 10 * i)));
    }
    return entries;
  }

  static List<PackExtent> extents(List<Entry> entries) {
    List<PackExtent> extents = new ArrayList<>();
    for (Entry entry : entries) {
      long from = entry.place.offset();
      extents.add(new PackExtent(entry.place.pack(), from, from + entry.place.length()));
    }
    return extents;
  }

  static void putAll(ChunkIndex index, List<Entry> entries) {
    entries.forEach(entry -> index.put(entry.id, entry.place));
  }

  /** Writes them as a run of their own. */
  static void write(ChunkIndex index, List<Entry> entries) {
    putAll(index, entries);
    index.write(index.freeze(), extents(entries));
  }

  static List<Entry> scan(ChunkIndex index, IntPredicate pack) {
    List<Entry> entries = new ArrayList<>();
    index.scan(pack, (id, place) -> entries.add(new Entry(id, place)));
    return entries;
  }

  /** Hexadecimal digits have the order of the bytes that they stand for. */
  static int compareIds(ChunkId left, ChunkId right) {
    return left.toString().compareTo(right.toString());
  }
}
