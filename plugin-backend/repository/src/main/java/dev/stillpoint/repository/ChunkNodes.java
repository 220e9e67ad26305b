package dev.stillpoint.repository;

import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.map.NodeStore;
import java.util.function.LongConsumer;

/** Keeps the nodes of disk maps in the packs, beside the data. */
final class ChunkNodes implements NodeStore {

  private final ChunkStore chunks;
  private final LongConsumer stored;

  /**
   * @param stored is told how many bytes each new node takes
   */
  ChunkNodes(ChunkStore chunks, LongConsumer stored) {
    this.chunks = chunks;
    this.stored = stored;
  }

  @Override
  public ChunkId store(byte[] node) {
    return chunks.put(ChunkKind.NODE, node, 0, node.length, stored);
  }

  @Override
  public byte[] load(ChunkId id, int lengthBytes) {
    byte[] node = new byte[lengthBytes];
    chunks.get(id, node, 0, lengthBytes);
    return node;
  }
}
