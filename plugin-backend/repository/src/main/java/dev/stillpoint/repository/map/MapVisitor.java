package dev.stillpoint.repository.map;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;

/** Is told what a map holds, in the order of the disk. */
public interface MapVisitor {

  /** A chunk that is no hole. */
  void chunk(long chunk, ChunkId id);

  /** The chunks {@code [from, to)} are not known, for their node is damaged. */
  void unreadable(long from, long to, StillpointException cause);
}
