package dev.stillpoint.repository.stream;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;

/** Is told what a stream's map holds, in the order of the stream, each node before its content. */
public interface StreamVisitor {

  /** A node of the map itself. */
  void node(ChunkId id);

  /** A chunk, holes too. */
  void chunk(StreamChunk chunk);

  /** The bytes {@code [from, to)} are not known, for their node is damaged. */
  void unreadable(long from, long to, StillpointException cause);
}
