package dev.stillpoint.repository.stream;

import dev.stillpoint.model.StillpointException;

/** Is told what a stream's map holds, in the order of the stream. */
public interface StreamVisitor {

  /** A chunk, holes too. */
  void chunk(StreamChunk chunk);

  /** The bytes {@code [from, to)} are not known, for their node is damaged. */
  void unreadable(long from, long to, StillpointException cause);
}
