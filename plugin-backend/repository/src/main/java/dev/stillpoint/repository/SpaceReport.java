package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.util.Optional;

/**
 * What a repository has and takes. All amounts but {@code packs} are as the disk counts them, in
 * whole pages of 4 KiB.
 *
 * @param reserve what the repository may take in all; empty where only the disk limits it
 * @param claimed of the reserve, what is claimed on the disk and not used yet; less than {@code
 *     reserve} minus {@code used} where the file system cannot claim, or others took the disk
 * @param used all files of the repository, what is no longer needed included
 * @param packs length of the packs, which are most of it
 * @param reclaimable of what is used, what a collection would free; empty where it is not known
 * @param free what backups may still take; a small part of a reserve is kept for the index and the
 *     list of points
 * @param diskFree what the disk has left for everybody
 * @param points committed restore points
 */
public record SpaceReport(
    Optional<ByteCount> reserve,
    ByteCount claimed,
    ByteCount used,
    ByteCount packs,
    Optional<ByteCount> reclaimable,
    ByteCount free,
    ByteCount diskFree,
    int points) {

  public SpaceReport {
    requireNonNull(reserve, "reserve");
    requireNonNull(claimed, "claimed");
    requireNonNull(used, "used");
    requireNonNull(packs, "packs");
    requireNonNull(reclaimable, "reclaimable");
    requireNonNull(free, "free");
    requireNonNull(diskFree, "diskFree");
  }
}
