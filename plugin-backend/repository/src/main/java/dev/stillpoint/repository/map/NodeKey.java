package dev.stillpoint.repository.map;

/**
 * A node's place in its tree.
 *
 * @param level 0 for a leaf
 * @param index among the nodes of its level
 */
record NodeKey(int level, long index) {

  long firstChunk() {
    return index * MapNode.chunksPerEntry(level + 1);
  }

  long endChunk() {
    return firstChunk() + MapNode.chunksPerEntry(level + 1);
  }

  NodeKey child(int entry) {
    return new NodeKey(level - 1, (index << MapNode.FANOUT_BITS) + entry);
  }
}
