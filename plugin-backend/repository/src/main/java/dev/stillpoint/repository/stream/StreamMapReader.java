package dev.stillpoint.repository.stream;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.NodeSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the chunks of a stream by offset, reading one node per level. Thread-safe; holds at most
 * {@value #CACHED_NODES} nodes.
 */
public final class StreamMapReader {

  static final int CACHED_NODES = 64;

  private final NodeSource nodes;
  private final StreamMap map;
  private final Map<ChunkId, StreamNode> cache = new LinkedHashMap<>(16, 0.75f, true);

  public StreamMapReader(NodeSource nodes, StreamMap map) {
    this.nodes = requireNonNull(nodes, "nodes");
    this.map = requireNonNull(map, "map");
  }

  /**
   * The chunk that has the byte at that offset.
   *
   * @throws StillpointException BAD_REQUEST beyond the stream's end; CORRUPT_DATA when a node on
   *     the way is missing or damaged
   */
  public synchronized StreamChunk find(long offset) {
    if (offset < 0 || offset >= map.lengthBytes()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "No byte " + offset + " in a stream of " + map.lengthBytes() + " bytes",
          "Read within the stream.");
    }
    long start = 0;
    StreamNode node = cached(map.root(), map.lengthBytes(), StreamNode.ANY_LEVEL);
    while (true) {
      int entry = node.entryAt(offset - start);
      start += node.start(entry);
      if (node.level() == 0) {
        return new StreamChunk(node.id(entry), start, (int) node.entryBytes(entry));
      }
      node = cached(node.id(entry), node.entryBytes(entry), node.level() - 1);
    }
  }

  /** Tells the visitor of everything in the map. Loads each node once, keeps none. */
  public void visit(StreamVisitor visitor) {
    if (!map.root().isHole()) {
      visit(map.root(), 0, map.lengthBytes(), StreamNode.ANY_LEVEL, visitor);
    }
  }

  private void visit(ChunkId id, long start, long lengthBytes, int level, StreamVisitor visitor) {
    StreamNode node;
    try {
      node = load(id, lengthBytes, level);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      visitor.unreadable(start, start + lengthBytes, e);
      return;
    }
    for (int entry = 0; entry < node.entries(); entry++) {
      long at = start + node.start(entry);
      long length = node.entryBytes(entry);
      if (node.level() == 0) {
        visitor.chunk(new StreamChunk(node.id(entry), at, (int) length));
      } else {
        visit(node.id(entry), at, length, node.level() - 1, visitor);
      }
    }
  }

  private StreamNode cached(ChunkId id, long lengthBytes, int level) {
    StreamNode known = cache.get(id);
    if (known != null) {
      return known;
    }
    StreamNode node = load(id, lengthBytes, level);
    cache.put(id, node);
    if (cache.size() > CACHED_NODES) {
      cache.remove(cache.keySet().iterator().next());
    }
    return node;
  }

  private StreamNode load(ChunkId id, long lengthBytes, int level) {
    return StreamNode.parse(nodes.load(id, StreamNode.LENGTH_BYTES), lengthBytes, level);
  }
}
