package dev.stillpoint.repository.map;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.util.function.LongConsumer;

/**
 * Which chunks two finished maps hold differently. Nodes that the maps share are not read, so the
 * time is in proportion to the difference, not to the disk. Thread-safe.
 */
public final class DiskMapDifference {

  private static final NodeKey TOP = new NodeKey(MapNode.LEVELS - 1, 0);

  private final NodeSource nodes;

  public DiskMapDifference(NodeSource nodes) {
    this.nodes = requireNonNull(nodes, "nodes");
  }

  /**
   * Tells of every chunk that differs, in the order of the disk.
   *
   * @param first root of a map; {@link ChunkId#HOLE} for a disk of zeroes
   * @param second root of the other
   * @throws StillpointException CORRUPT_DATA when a node on the way is missing or damaged
   */
  public void visit(ChunkId first, ChunkId second, LongConsumer differing) {
    visit(TOP, first, second, differing);
  }

  private void visit(NodeKey key, ChunkId first, ChunkId second, LongConsumer differing) {
    if (first.equals(second)) {
      return;
    }
    MapNode one = load(key.level(), first);
    MapNode other = load(key.level(), second);
    for (int entry = 0; entry < MapNode.FANOUT; entry++) {
      if (key.level() > 0) {
        visit(key.child(entry), one.id(entry), other.id(entry), differing);
      } else if (!one.id(entry).equals(other.id(entry))) {
        differing.accept(key.firstChunk() + entry);
      }
    }
  }

  private MapNode load(int level, ChunkId id) {
    return id.isHole()
        ? MapNode.empty(level)
        : MapNode.parse(nodes.load(id, MapNode.lengthBytes(level)), level);
  }
}
