package dev.stillpoint.repository.maintenance;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.chunk.ChunkStore;
import java.time.InstantSource;

/**
 * What maintenance works with.
 *
 * @param blobs what can still be written is asked of it
 * @param chunks the packs
 * @param roots the committed restore points
 * @param sorters for lists that do not fit into memory
 * @param clock tells the time
 * @param slackBytes of the free space are left alone when packs are rewritten
 */
public record CollectContext(
    BlobStore blobs,
    ChunkStore chunks,
    RootSource roots,
    Sorters sorters,
    InstantSource clock,
    long slackBytes) {

  public CollectContext {
    requireNonNull(blobs, "blobs");
    requireNonNull(chunks, "chunks");
    requireNonNull(roots, "roots");
    requireNonNull(sorters, "sorters");
    requireNonNull(clock, "clock");
  }
}
