package dev.stillpoint.repository.stream;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.NodeStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the map of a stream while its chunks come, first to last. Not thread-safe; holds one node
 * per level.
 */
public final class StreamMapWriter {

  private final NodeStore nodes;

  /** The node of each level that is not full. */
  private final List<StreamNode> path = new ArrayList<>();

  public StreamMapWriter(NodeStore nodes) {
    this.nodes = requireNonNull(nodes, "nodes");
  }

  /**
   * Puts a chunk behind what was appended before.
   *
   * @param id {@link ChunkId#HOLE} for zeroes
   * @param lengthBytes at least 1
   */
  public void append(ChunkId id, int lengthBytes) {
    requireNonNull(id, "id");
    if (lengthBytes < 1) {
      throw new IllegalArgumentException("A chunk of " + lengthBytes + " bytes");
    }
    add(0, id, lengthBytes);
  }

  /** Stores what is left. The writer is not used afterwards. */
  public StreamMap finish() {
    if (path.isEmpty()) {
      return new StreamMap(ChunkId.HOLE, 0);
    }
    for (int level = 0; level < path.size() - 1; level++) {
      push(level);
    }
    StreamNode top = path.get(path.size() - 1);
    return new StreamMap(nodes.store(top.content()), top.lengthBytes());
  }

  /** A full node goes up only when there is more to come, so that the root is as low as can be. */
  private void add(int level, ChunkId id, long lengthBytes) {
    if (level == path.size()) {
      path.add(new StreamNode(level));
    } else if (path.get(level).entries() == StreamNode.FANOUT) {
      push(level);
    }
    path.get(level).add(id, lengthBytes);
  }

  private void push(int level) {
    StreamNode full = path.get(level);
    add(level + 1, nodes.store(full.content()), full.lengthBytes());
    path.set(level, new StreamNode(level));
  }
}
