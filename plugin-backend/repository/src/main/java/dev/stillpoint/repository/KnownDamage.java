package dev.stillpoint.repository;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;

/** Whether an image needs a chunk that is known to be missing or damaged. */
final class KnownDamage implements MapVisitor {

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
    ChunkId root = ChunkId.parse(image.rootHash());
    new DiskMapReader(ChunkNodes.source(chunks), root).visit(damage);
    return damage.found;
  }

  @Override
  public void chunk(long chunk, ChunkId id) {
    found |= !chunks.knows(id);
  }

  @Override
  public void unreadable(long from, long to, StillpointException cause) {
    found = true;
  }
}
