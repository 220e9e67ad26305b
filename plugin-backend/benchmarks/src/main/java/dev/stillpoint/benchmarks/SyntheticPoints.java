package dev.stillpoint.benchmarks;

import dev.stillpoint.repository.chunk.ChunkGroup;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.map.DiskMapWriter;
import dev.stillpoint.repository.map.NodeStore;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Writes maps of very many chunks of 16 bytes, each another. */
final class SyntheticPoints {

  private static final int CHUNK_BYTES = 16;
  private static final int BATCH = 16 * 1024;

  private final ChunkStore chunks;
  private long written;

  SyntheticPoints(ChunkStore chunks) {
    this.chunks = chunks;
  }

  /** Chunks that were written, of all points. */
  long written() {
    return written;
  }

  /**
   * Writes every n-th chunk anew, from that one on.
   *
   * @param base the map to start from
   * @param seed makes the content unlike that of other points
   * @param stop ends it early
   * @return the new map
   */
  ChunkId write(ChunkId base, Share share, long seed, BooleanSupplier stop) {
    try (ChunkSession session = chunks.startSession();
        ChunkGroup group = session.group(ChunkKind.DATA, stored -> {})) {
      DiskMapWriter map = new DiskMapWriter(new Nodes(chunks, session), base);
      byte[] content = new byte[BATCH * CHUNK_BYTES];
      int used = 0;
      for (long chunk = share.first(); chunk < share.chunks(); chunk += share.every()) {
        if (used == BATCH) {
          group.store();
          used = 0;
          if (stop.getAsBoolean()) {
            break;
          }
        }
        ByteBuffer.wrap(content, used * CHUNK_BYTES, CHUNK_BYTES).putLong(seed).putLong(chunk);
        map.set(chunk, group.add(content, used * CHUNK_BYTES, CHUNK_BYTES));
        used++;
        written++;
      }
      group.store();
      ChunkId root = map.finish().root();
      chunks.flush();
      return root;
    }
  }

  /**
   * Which chunks of a disk to write.
   *
   * @param chunks of the disk
   * @param every how far they are apart
   * @param first of them
   */
  record Share(long chunks, int every, long first) {}

  /** Nodes of maps in the packs. */
  private record Nodes(ChunkStore chunks, ChunkSession session) implements NodeStore {

    @Override
    public ChunkId store(byte[] node) {
      return session.put(ChunkKind.NODE, node, 0, node.length, stored -> {});
    }

    @Override
    public byte[] load(ChunkId id, int lengthBytes) {
      byte[] node = new byte[lengthBytes];
      chunks.get(id, node, 0, lengthBytes);
      return node;
    }
  }
}
