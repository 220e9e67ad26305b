package dev.stillpoint.repository.map;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.util.HashMap;
import java.util.Map;

/** Nodes in memory; counts how many are loaded. */
final class MemoryNodes implements NodeStore {

  final Map<ChunkId, byte[]> content = new HashMap<>();
  int loads;

  @Override
  public ChunkId store(byte[] node) {
    ChunkId id = ChunkId.of(node, 0, node.length);
    content.put(id, node.clone());
    return id;
  }

  @Override
  public byte[] load(ChunkId id, int lengthBytes) {
    loads++;
    byte[] node = content.get(id);
    if (node == null) {
      throw new StillpointException(ErrorKind.CORRUPT_DATA, "No node " + id, "");
    }
    return node.clone();
  }
}
