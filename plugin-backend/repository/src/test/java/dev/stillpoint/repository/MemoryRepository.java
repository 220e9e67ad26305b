package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.chunk.ChunkSettings;
import dev.stillpoint.repository.crypto.PassphraseCost;
import dev.stillpoint.repository.index.IndexSettings;
import dev.stillpoint.repository.maintenance.MaintenanceSettings;
import java.time.Instant;
import java.time.InstantSource;

/** Repositories in a store that fails on demand. */
final class MemoryRepository {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));

  /** What is claimed at one time for a pack; packs are no longer than that. */
  static final int PACK_BYTES = 100_000;

  /** Small packs and runs, so that a small backup makes every kind of call many times. */
  private static final ChunkSettings SMALL =
      new ChunkSettings(PACK_BYTES, 1, new IndexSettings(4, 1000, 2));

  /** Guesses are cheap here: tests try many passphrases. */
  static final PassphraseCost CHEAP = new PassphraseCost(8, 1, 1);

  private MemoryRepository() {}

  /** An empty repository, not open. */
  static FaultyBlobStore create(long seed) {
    FaultyBlobStore blobs = new FaultyBlobStore(seed);
    RepositoryKeys.create(blobs, CLOCK).close();
    return blobs;
  }

  /** Makes one with a reserve, and opens it. */
  static Repository create(FaultyBlobStore blobs, ByteCount reserve) {
    return Opening.create(
        blobs,
        CLOCK,
        RepositoryOptions.standard().withReserve(reserve),
        store -> RepositoryKeys.create(store, CLOCK),
        host());
  }

  static Repository open(FaultyBlobStore blobs) {
    return open(blobs, RepositoryKey.none());
  }

  /** An empty encrypted repository, not open. */
  static FaultyBlobStore create(long seed, Passphrase passphrase) {
    FaultyBlobStore blobs = new FaultyBlobStore(seed);
    RepositoryKeys.create(blobs, CLOCK, passphrase, CHEAP).close();
    return blobs;
  }

  static Repository open(BlobStore blobs, RepositoryKey key) {
    return Opening.open(blobs, CLOCK, key, host());
  }

  private static Host host() {
    return new Host(SMALL, Runnable::run, () -> {}, new MaintenanceSettings(4000, 2));
  }
}
