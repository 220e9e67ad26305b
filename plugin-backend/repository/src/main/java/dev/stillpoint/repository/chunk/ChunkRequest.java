package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;

/**
 * Asks for a chunk's content, whole or its beginning.
 *
 * @param id the chunk
 * @param contentBytes its length, exactly
 * @param target takes as much of the content as it has room for, at most all; its position stays
 */
public record ChunkRequest(ChunkId id, int contentBytes, ByteBuffer target) {}
