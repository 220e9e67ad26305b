package dev.stillpoint.repository.map;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;

/**
 * A finished map.
 *
 * @param root names the disk's content; {@link ChunkId#HOLE} for a disk of zeroes
 * @param dataChunks how many chunks are not holes
 */
public record DiskMap(ChunkId root, long dataChunks) {

  /** Chunks in the largest disk that a map can hold: 256 TiB of 64 KiB chunks. */
  public static final long MAX_CHUNKS = 1L << (MapNode.FANOUT_BITS * MapNode.LEVELS);

  public DiskMap {
    requireNonNull(root, "root");
  }

  /**
   * Tells what a node refers to, holes left out.
   *
   * @param content holds the node, {@code length} bytes from {@code offset}
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when it is no node of a disk map
   */
  public static void references(byte[] content, int offset, int length, NodeReferences told) {
    MapNode.references(content, offset, length, told);
  }
}
