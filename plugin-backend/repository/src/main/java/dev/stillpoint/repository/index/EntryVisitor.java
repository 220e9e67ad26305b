package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;

/** Is told of each entry. */
public interface EntryVisitor {
  void entry(ChunkId id, ChunkPlace place);
}
