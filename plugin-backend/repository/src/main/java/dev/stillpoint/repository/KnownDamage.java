package dev.stillpoint.repository;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;
import dev.stillpoint.repository.map.NodeSource;
import dev.stillpoint.repository.stream.StreamChunk;
import dev.stillpoint.repository.stream.StreamMap;
import dev.stillpoint.repository.stream.StreamMapReader;
import dev.stillpoint.repository.stream.StreamVisitor;

/** Whether an image needs a chunk that is known to be missing or damaged. */
final class KnownDamage implements MapVisitor, StreamVisitor {

  private final ChunkStore chunks;
  private boolean found;

  private KnownDamage(ChunkStore chunks) {
    this.chunks = chunks;
  }

  static boolean in(ManifestImage image, ChunkStore chunks) {
    if (!chunks.hasKnownDamage()) {
      return false;
    }
    KnownDamage damage = new KnownDamage(chunks);
    NodeSource nodes = ChunkNodes.source(chunks);
    ChunkId root = ChunkId.parse(image.rootHash());
    switch (image.layout()) {
      case GRID -> new DiskMapReader(nodes, root).visit(damage);
      case STREAM ->
          new StreamMapReader(nodes, new StreamMap(root, image.size().bytes())).visit(damage);
    }
    return damage.found;
  }

  @Override
  public void chunk(long chunk, ChunkId id) {
    found |= !chunks.knows(id);
  }

  @Override
  public void chunk(StreamChunk chunk) {
    found |= !chunk.id().isHole() && !chunks.knows(chunk.id());
  }

  @Override
  public void unreadable(long from, long to, StillpointException cause) {
    found = true;
  }
}
