package dev.stillpoint.repository.stream;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;

/**
 * One chunk of a stream.
 *
 * @param id {@link ChunkId#HOLE} when it is all zeroes
 * @param start its first byte, from the stream's start
 * @param length in bytes, at least 1
 */
public record StreamChunk(ChunkId id, long start, int length) {

  public StreamChunk {
    requireNonNull(id, "id");
    if (start < 0 || length < 1) {
      throw new IllegalArgumentException("No chunk of " + length + " bytes at " + start);
    }
  }
}
