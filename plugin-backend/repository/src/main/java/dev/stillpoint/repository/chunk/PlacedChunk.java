package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;

/**
 * A chunk and where it was when the index was asked.
 *
 * @param id the chunk
 * @param place of its record
 */
public record PlacedChunk(ChunkId id, ChunkPlace place) {}
