package dev.stillpoint.repository;

import dev.stillpoint.repository.chunk.ChunkSettings;
import dev.stillpoint.repository.chunk.PackFlusher;
import dev.stillpoint.repository.maintenance.MaintenanceSettings;
import java.util.concurrent.Executor;

/**
 * What a repository runs on; tests have their own.
 *
 * @param settings of the chunk store
 * @param flusher runs tasks that make full packs durable
 * @param release runs once, when the repository is closed
 * @param maintenance of verifications and collections
 */
record Host(
    ChunkSettings settings, Executor flusher, Runnable release, MaintenanceSettings maintenance) {

  Host(ChunkSettings settings, Executor flusher, Runnable release) {
    this(settings, flusher, release, MaintenanceSettings.standard());
  }

  /** For a local directory whose lock is given back by {@code unlock}. */
  static Host local(Runnable unlock) {
    PackFlusher flusher = new PackFlusher();
    return new Host(
        ChunkSettings.standard(),
        flusher,
        () -> {
          flusher.close();
          unlock.run();
        });
  }
}
