package dev.stillpoint.repository.map;

import dev.stillpoint.repository.format.ChunkId;

/** Where nodes of maps are found by their ids. Thread-safe. */
public interface NodeSource {

  /**
   * @param lengthBytes of the node, exactly
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when the node is missing or
   *     damaged
   */
  byte[] load(ChunkId id, int lengthBytes);
}
