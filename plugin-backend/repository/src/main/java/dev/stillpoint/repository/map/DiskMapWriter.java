package dev.stillpoint.repository.map;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a map from another one by changing entries, in any order. Thread-safe.
 *
 * <p>At most {@value #CACHED_NODES} nodes (about 9 MiB) are held; the one used longest ago is
 * stored to make room and loaded again if need be.
 */
public final class DiskMapWriter {

  static final int CACHED_NODES = 1024;
  private static final int TOP = MapNode.LEVELS - 1;

  private final NodeStore nodes;
  private final MapNode root;
  private final ChunkId base;
  private final Map<NodeKey, MapNode> cache = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param base root of the map to start from; {@link ChunkId#HOLE} for none
   */
  public DiskMapWriter(NodeStore nodes, ChunkId base) {
    this.nodes = requireNonNull(nodes, "nodes");
    this.base = requireNonNull(base, "base");
    this.root = load(TOP, base);
  }

  public synchronized void set(long chunk, ChunkId id) {
    node(0, chunk >> MapNode.FANOUT_BITS).set(entry(chunk), id, 0);
    trim();
  }

  /** Sets neighbours. */
  public synchronized void setAll(long first, List<ChunkId> ids) {
    for (int i = 0; i < ids.size(); i++) {
      set(first + i, ids.get(i));
    }
  }

  public synchronized ChunkId get(long chunk) {
    ChunkId id = node(0, chunk >> MapNode.FANOUT_BITS).id(entry(chunk));
    trim();
    return id;
  }

  /** Makes holes of the chunks {@code [from, to)}; cheap for any length. */
  public synchronized void clear(long from, long to) {
    if (from < to) {
      cache.keySet().removeIf(key -> from <= key.firstChunk() && key.endChunk() <= to);
      clear(root, new NodeKey(TOP, 0), from, to);
      trim();
    }
  }

  /** Stores what changed. The writer is not used afterwards. */
  public synchronized DiskMap finish() {
    for (int level = 0; level < TOP; level++) {
      int current = level;
      List<NodeKey> keys =
          cache.keySet().stream()
              .filter(key -> key.level() == current)
              .sorted(Comparator.comparingLong(NodeKey::index))
              .toList();
      keys.forEach(this::evict);
    }
    long dataChunks = root.dataChunks();
    return new DiskMap(root.isChanged() ? store(root, dataChunks) : base, dataChunks);
  }

  private void clear(MapNode node, NodeKey key, long from, long to) {
    long span = MapNode.chunksPerEntry(key.level());
    long first = Math.max(0, (from - key.firstChunk()) / span);
    long last = Math.min(MapNode.FANOUT - 1, (to - 1 - key.firstChunk()) / span);
    for (long entry = first; entry <= last; entry++) {
      long start = key.firstChunk() + entry * span;
      if (from <= start && start + span <= to) {
        node.set((int) entry, ChunkId.HOLE, 0);
      } else {
        NodeKey child = key.child((int) entry);
        if (cache.containsKey(child) || !node.id((int) entry).isHole()) {
          clear(node(child.level(), child.index()), child, from, to);
        }
      }
    }
  }

  private MapNode node(int level, long index) {
    if (level == TOP) {
      return root;
    }
    NodeKey key = new NodeKey(level, index);
    MapNode cached = cache.get(key);
    if (cached != null) {
      return cached;
    }
    MapNode parent = node(level + 1, index >> MapNode.FANOUT_BITS);
    MapNode loaded = load(level, parent.id(entry(index)));
    cache.put(key, loaded);
    return loaded;
  }

  private MapNode load(int level, ChunkId id) {
    return id.isHole()
        ? MapNode.empty(level)
        : MapNode.parse(nodes.load(id, MapNode.lengthBytes(level)), level);
  }

  private void trim() {
    while (cache.size() > CACHED_NODES) {
      evict(cache.keySet().iterator().next());
    }
  }

  private void evict(NodeKey key) {
    MapNode node = cache.get(key);
    if (node.isChanged()) {
      long dataChunks = node.dataChunks();
      node(key.level() + 1, key.index() >> MapNode.FANOUT_BITS)
          .set(entry(key.index()), store(node, dataChunks), dataChunks);
    }
    cache.remove(key);
  }

  private ChunkId store(MapNode node, long dataChunks) {
    return dataChunks == 0 ? ChunkId.HOLE : nodes.store(node.content());
  }

  private static int entry(long indexOrChunk) {
    return (int) (indexOrChunk & (MapNode.FANOUT - 1));
  }
}
