package dev.stillpoint.repository.stream;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.NodeReferences;

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

  /** Whether the bytes are a node of a stream's map rather than of a disk's. */
  public static boolean isNode(byte[] content, int offset, int length) {
    return StreamNode.isNode(content, offset, length);
  }

  /**
   * Tells what a node refers to, holes left out.
   *
   * @param content holds the node at {@code offset}
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when it is no node of a stream's
   *     map
   */
  public static void references(byte[] content, int offset, NodeReferences told) {
    StreamNode.references(content, offset, told);
  }
}
