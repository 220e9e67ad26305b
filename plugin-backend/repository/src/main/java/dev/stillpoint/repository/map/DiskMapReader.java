package dev.stillpoint.repository.map;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Looks up chunks in a finished map. Thread-safe; holds at most {@value #CACHED_NODES} nodes. */
public final class DiskMapReader {

  static final int CACHED_NODES = 64;
  private static final NodeKey TOP = new NodeKey(MapNode.LEVELS - 1, 0);

  private final NodeSource nodes;
  private final ChunkId root;
  private final Map<NodeKey, MapNode> cache = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param root of the map; {@link ChunkId#HOLE} for a disk of zeroes
   */
  public DiskMapReader(NodeSource nodes, ChunkId root) {
    this.nodes = requireNonNull(nodes, "nodes");
    this.root = requireNonNull(root, "root");
  }

  /**
   * The id of a chunk, {@link ChunkId#HOLE} when it reads as zeroes.
   *
   * @throws StillpointException CORRUPT_DATA when a node on the way is missing or damaged
   */
  public synchronized ChunkId get(long chunk) {
    return entry(new NodeKey(0, chunk >> MapNode.FANOUT_BITS), chunk);
  }

  /** Tells the visitor of everything that is no hole. Loads each node once, keeps none. */
  public void visit(MapVisitor visitor) {
    if (!root.isHole()) {
      visit(TOP, root, visitor);
    }
  }

  private void visit(NodeKey key, ChunkId nodeId, MapVisitor visitor) {
    MapNode node;
    try {
      node = load(key.level(), nodeId);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      visitor.unreadable(key.firstChunk(), key.endChunk(), e);
      return;
    }
    for (int entry = 0; entry < MapNode.FANOUT; entry++) {
      ChunkId id = node.id(entry);
      if (!id.isHole() && key.level() > 0) {
        visit(key.child(entry), id, visitor);
      } else if (!id.isHole()) {
        visitor.chunk(key.firstChunk() + entry, id);
      }
    }
  }

  /** The id in the node's entry for what has that number on the level below. */
  private ChunkId entry(NodeKey key, long number) {
    int entry = (int) (number & (MapNode.FANOUT - 1));
    MapNode cached = cache.get(key);
    if (cached != null) {
      return cached.id(entry);
    }
    ChunkId nodeId =
        key.equals(TOP)
            ? root
            : entry(new NodeKey(key.level() + 1, key.index() >> MapNode.FANOUT_BITS), key.index());
    if (nodeId.isHole()) {
      return ChunkId.HOLE;
    }
    MapNode node = load(key.level(), nodeId);
    cache.put(key, node);
    if (cache.size() > CACHED_NODES) {
      cache.remove(cache.keySet().iterator().next());
    }
    return node.id(entry);
  }

  private MapNode load(int level, ChunkId id) {
    return MapNode.parse(nodes.load(id, MapNode.lengthBytes(level)), level);
  }
}
