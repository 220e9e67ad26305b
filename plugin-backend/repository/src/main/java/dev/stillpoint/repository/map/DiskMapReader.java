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
    visit(new Window(0, DiskMap.MAX_CHUNKS), (key, id) -> load(key.level(), id), visitor);
  }

  /**
   * Tells the visitor of what is no hole among the chunks {@code [from, to)}. Loads only the nodes
   * that this range touches, and those that are not known yet.
   */
  public void visit(long from, long to, MapVisitor visitor) {
    visit(new Window(from, to), this::cached, visitor);
  }

  private void visit(Window window, Loader loader, MapVisitor visitor) {
    if (!root.isHole() && window.from() < window.to()) {
      visit(TOP, root, window, loader, visitor);
    }
  }

  private void visit(
      NodeKey key, ChunkId nodeId, Window window, Loader loader, MapVisitor visitor) {
    MapNode node;
    try {
      node = loader.load(key, nodeId);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      visitor.unreadable(
          Math.max(key.firstChunk(), window.from()), Math.min(key.endChunk(), window.to()), e);
      return;
    }
    int end = window.endEntry(key);
    for (int entry = window.firstEntry(key); entry < end; entry++) {
      ChunkId id = node.id(entry);
      if (!id.isHole() && key.level() > 0) {
        visit(key.child(entry), id, window, loader, visitor);
      } else if (!id.isHole()) {
        visitor.chunk(key.firstChunk() + entry, id);
      }
    }
  }

  /** The id in the node's entry for what has that number on the level below. */
  private ChunkId entry(NodeKey key, long number) {
    int entry = (int) (number & (MapNode.FANOUT - 1));
    MapNode known = cache.get(key);
    if (known != null) {
      return known.id(entry);
    }
    ChunkId nodeId =
        key.equals(TOP)
            ? root
            : entry(new NodeKey(key.level() + 1, key.index() >> MapNode.FANOUT_BITS), key.index());
    return nodeId.isHole() ? ChunkId.HOLE : cached(key, nodeId).id(entry);
  }

  private synchronized MapNode cached(NodeKey key, ChunkId id) {
    MapNode known = cache.get(key);
    if (known != null) {
      return known;
    }
    MapNode node = load(key.level(), id);
    cache.put(key, node);
    if (cache.size() > CACHED_NODES) {
      cache.remove(cache.keySet().iterator().next());
    }
    return node;
  }

  private MapNode load(int level, ChunkId id) {
    return MapNode.parse(nodes.load(id, MapNode.lengthBytes(level)), level);
  }

  /** Gets a node from the store or from memory. */
  private interface Loader {
    MapNode load(NodeKey key, ChunkId id);
  }

  /** The chunks {@code [from, to)}. */
  private record Window(long from, long to) {

    /** The first entry of a node that it touches. */
    int firstEntry(NodeKey key) {
      long chunks = Math.max(0, from - key.firstChunk());
      return (int) (chunks / MapNode.chunksPerEntry(key.level()));
    }

    /** The first entry of a node that it touches no more. */
    int endEntry(NodeKey key) {
      long chunks = Math.min(key.endChunk(), to) - key.firstChunk();
      long perEntry = MapNode.chunksPerEntry(key.level());
      return (int) ((chunks + perEntry - 1) / perEntry);
    }
  }
}
