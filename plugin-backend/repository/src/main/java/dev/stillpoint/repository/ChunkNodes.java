package dev.stillpoint.repository;

import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.map.NodeSource;
import dev.stillpoint.repository.map.NodeStore;
import java.util.function.LongConsumer;

/** Keeps the nodes of maps in the packs, beside the data. */
final class ChunkNodes implements NodeStore {

  private final NodeSource source;
  private final ChunkSession session;
  private final LongConsumer stored;

  /**
   * @param stored is told how many bytes each new node takes
   */
  ChunkNodes(ChunkStore chunks, ChunkSession session, LongConsumer stored) {
    this.source = source(chunks);
    this.session = session;
    this.stored = stored;
  }

  /** For those who only read. */
  static NodeSource source(ChunkStore chunks) {
    return (id, lengthBytes) -> {
      byte[] node = new byte[lengthBytes];
      chunks.get(id, node, 0, lengthBytes);
      return node;
    };
  }

  @Override
  public ChunkId store(byte[] node) {
    return session.put(ChunkKind.NODE, node, 0, node.length, stored);
  }

  @Override
  public byte[] load(ChunkId id, int lengthBytes) {
    return source.load(id, lengthBytes);
  }
}
