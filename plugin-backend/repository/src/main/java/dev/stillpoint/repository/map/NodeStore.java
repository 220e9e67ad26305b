package dev.stillpoint.repository.map;

import dev.stillpoint.repository.format.ChunkId;

/** Keeps the nodes of maps by their ids. Thread-safe. */
public interface NodeStore extends NodeSource {

  ChunkId store(byte[] node);
}
