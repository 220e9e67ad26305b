package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.chunk.ChunkSettings;
import java.time.Instant;
import java.time.InstantSource;

/** Repositories in a store that fails on demand. */
final class MemoryRepository {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));

  /** What is claimed at one time for a pack; packs are no longer than that. */
  static final int PACK_BYTES = 100_000;

  /** Small packs and runs, so that a small backup makes every kind of call many times. */
  private static final ChunkSettings SMALL = new ChunkSettings(PACK_BYTES, 4, 1);

  private MemoryRepository() {}

  /** An empty repository, not open. */
  static FaultyBlobStore create(long seed) {
    FaultyBlobStore blobs = new FaultyBlobStore(seed);
    RepositoryFile.write(blobs, CLOCK.instant());
    return blobs;
  }

  /** Makes one with a reserve, and opens it. */
  static Repository create(FaultyBlobStore blobs, ByteCount reserve) {
    return Repository.create(
        blobs, CLOCK, RepositoryOptions.standard().withReserve(reserve), SMALL, () -> {});
  }

  static Repository open(FaultyBlobStore blobs) {
    return Repository.open(blobs, CLOCK, SMALL, () -> {});
  }
}
