package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.format.ChunkId;
import java.util.Map;

/**
 * What a verification of maps found.
 *
 * @param chunks that were read, each once
 * @param nodes of maps that were read, each once
 * @param bytes of the records that were read
 * @param badChunks what is wrong with which chunk, a sentence each; not more than are kept
 * @param badNodes the same for nodes of maps; what lies below them was not read
 * @param badCount how many are bad, those that are not kept among them
 */
public record Checked(
    long chunks,
    long nodes,
    ByteCount bytes,
    Map<ChunkId, String> badChunks,
    Map<ChunkId, String> badNodes,
    long badCount) {

  public Checked {
    badChunks = Map.copyOf(badChunks);
    badNodes = Map.copyOf(badNodes);
  }

  public boolean ok() {
    return badCount == 0;
  }
}
