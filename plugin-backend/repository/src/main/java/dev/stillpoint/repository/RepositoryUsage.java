package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * What a repository uses.
 *
 * @param packs all packs, garbage included
 * @param freeOnDisk what its file system has left for us
 * @param points committed restore points
 */
public record RepositoryUsage(ByteCount packs, ByteCount freeOnDisk, int points) {

  public RepositoryUsage {
    requireNonNull(packs, "packs");
    requireNonNull(freeOnDisk, "freeOnDisk");
  }
}
