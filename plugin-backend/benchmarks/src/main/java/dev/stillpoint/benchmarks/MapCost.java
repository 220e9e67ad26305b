package dev.stillpoint.benchmarks;

import dev.stillpoint.repository.format.ChunkId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the nodes of a content-addressed 256-way tree over an image's chunks cost that were not
 * stored for an image before. Not thread-safe.
 */
final class MapCost {

  private static final int FANOUT = 256;
  private static final int HEADER_BYTES = 8;
  private static final int INNER_ENTRY_BYTES = 40;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final int entryBytes;
  private final Set<Long> known = new HashSet<>();
  private List<Long> leaves = new ArrayList<>();
  private long node;
  private int entries;
  private long bytes;

  /**
   * @param entryBytes of a chunk in a leaf
   */
  MapCost(int entryBytes) {
    this.entryBytes = entryBytes;
  }

  void chunk(ChunkId id) {
    add(id.word(0));
  }

  /** A hole that takes that many entries. */
  void hole(long count) {
    long left = count;
    while (left > 0) {
      if (entries == 0 && left >= FANOUT) {
        // Leaves without data are not stored; an inner node without any is not either.
        leaves.add(0L);
        left -= FANOUT;
      } else {
        add(0);
        left--;
      }
    }
  }

  /** Ends the image: bytes of the nodes that are new. */
  long finish() {
    if (entries > 0) {
      endLeaf();
    }
    List<Long> level = leaves;
    while (level.size() > 1) {
      List<Long> above = new ArrayList<>();
      for (int start = 0; start < level.size(); start += FANOUT) {
        long hash = 0;
        for (long child : level.subList(start, Math.min(level.size(), start + FANOUT))) {
          hash = mix(hash, child);
        }
        above.add(hash);
        count(hash, INNER_ENTRY_BYTES);
      }
      level = above;
    }
    leaves = new ArrayList<>();
    long result = bytes;
    bytes = 0;
    return result;
  }

  private void add(long idWord) {
    node = mix(node, idWord);
    entries++;
    if (entries == FANOUT) {
      endLeaf();
    }
  }

  private void endLeaf() {
    count(node, entryBytes);
    leaves.add(node);
    node = 0;
    entries = 0;
  }

  /** A node of holes only has the hash 0, and is not stored. */
  private void count(long hash, int bytesPerEntry) {
    if (hash != 0 && known.add(hash)) {
      bytes += HEADER_BYTES + (long) FANOUT * bytesPerEntry;
    }
  }

  private static long mix(long hash, long value) {
    return (Long.rotateLeft(hash, 23) ^ value) * PRIME;
  }
}
