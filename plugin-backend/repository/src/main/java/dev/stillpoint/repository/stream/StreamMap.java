package dev.stillpoint.repository.stream;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;

/**
 * A finished map of a stream.
 *
 * @param root names the stream's content and how it was cut; {@link ChunkId#HOLE} when it is empty
 * @param lengthBytes of the stream
 */
public record StreamMap(ChunkId root, long lengthBytes) {

  public StreamMap {
    requireNonNull(root, "root");
    if (lengthBytes < 0 || root.isHole() != (lengthBytes == 0)) {
      throw new IllegalArgumentException(
          "A stream of " + lengthBytes + " bytes cannot have the root " + root);
    }
  }
}
