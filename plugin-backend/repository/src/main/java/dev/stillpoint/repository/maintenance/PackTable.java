package dev.stillpoint.repository.maintenance;

import java.util.BitSet;
import java.util.function.IntToLongFunction;

/**
 * Figures about packs, by pack, in arrays. One thread.
 *
 * <p>How much of a pack is needed is told by the lengths of the records its entries name: a record
 * of four chunks counts four times in both sums. Entries that newer ones have superseded count in
 * neither.
 */
final class PackTable {

  private final long[] words;
  private final int[] rank;
  private final long[] bytes;
  private final long[] weight;
  private final long[] liveWeight;
  private final BitSet damaged = new BitSet();

  /**
   * @param packs their numbers
   * @param sizeBytes length of a pack
   */
  PackTable(BitSet packs, IntToLongFunction sizeBytes) {
    words = packs.toLongArray();
    rank = new int[words.length];
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      rank[i] = count;
      count += Long.bitCount(words[i]);
    }
    bytes = new long[count];
    weight = new long[count];
    liveWeight = new long[count];
    packs.stream().forEach(pack -> bytes[slot(pack)] = sizeBytes.applyAsLong(pack));
  }

  /** Counts an entry; packs that are not in the table are left out. */
  void count(int pack, int recordBytes, boolean live, boolean recordDamaged) {
    int slot = slot(pack);
    if (slot >= 0) {
      weight[slot] += recordBytes;
      if (live) {
        liveWeight[slot] += recordBytes;
        if (recordDamaged) {
          damaged.set(pack);
        }
      }
    }
  }

  long bytes(int pack) {
    int slot = slot(pack);
    return slot < 0 ? 0 : bytes[slot];
  }

  /** What of the pack's length falls to an entry that names a record of that length. */
  double share(int pack, int recordBytes) {
    int slot = slot(pack);
    return slot < 0 || weight[slot] == 0 ? 0 : (double) bytes[slot] * recordBytes / weight[slot];
  }

  boolean isLive(int pack) {
    int slot = slot(pack);
    return slot >= 0 && liveWeight[slot] > 0;
  }

  long liveBytes(int pack) {
    int slot = slot(pack);
    return weight[slot] == 0
        ? 0
        : Math.round((double) bytes[slot] * liveWeight[slot] / weight[slot]);
  }

  /** Whether a chunk that is needed is known to be damaged in that pack. */
  boolean holdsDamage(int pack) {
    return damaged.get(pack);
  }

  /** The number of a pack among those in the table, -1 for others. */
  private int slot(int pack) {
    int word = pack >> 6;
    long bit = 1L << (pack & 63);
    return word < words.length && (words[word] & bit) != 0
        ? rank[word] + Long.bitCount(words[word] & (bit - 1))
        : -1;
  }
}
