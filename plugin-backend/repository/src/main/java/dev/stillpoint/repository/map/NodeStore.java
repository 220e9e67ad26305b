package dev.stillpoint.repository.map;

import dev.stillpoint.repository.format.ChunkId;

/** Keeps the nodes of disk maps by their SHA-256. Thread-safe. */
public interface NodeStore {

  ChunkId store(byte[] node);

  /**
   * @param lengthBytes of the node, exactly
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when the node is missing or
   *     damaged
   */
  byte[] load(ChunkId id, int lengthBytes);
}
