package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.format.ChunkId;
import java.util.HashMap;
import java.util.Map;

/** Collects what is wrong with chunks, up to a limit. Thread-safe. */
final class BadChunks {

  private final int limit;
  private final Map<ChunkId, String> kept = new HashMap<>();
  private long count;

  BadChunks(int limit) {
    this.limit = limit;
  }

  synchronized void add(ChunkId id, String problem) {
    count++;
    if (kept.size() < limit) {
      kept.put(id, problem);
    }
  }

  synchronized long count() {
    return count;
  }

  synchronized Map<ChunkId, String> kept() {
    return Map.copyOf(kept);
  }
}
