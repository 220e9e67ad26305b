package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.time.Instant;
import java.util.Optional;

/**
 * What a VM's points come to.
 *
 * @param unique what nobody else needs: it comes free when all its points go
 * @param shared what others need as well; it counts in full for each of them
 * @param reclaimable what points of it had stored that ended since the last collection: about what
 *     the next one gives back of it
 */
public record VmFigures(
    String vmName,
    int points,
    Optional<Instant> oldest,
    Optional<Instant> newest,
    ByteCount unique,
    ByteCount shared,
    ByteCount reclaimable) {

  public static final VmFigures NONE =
      new VmFigures(
          "",
          0,
          Optional.empty(),
          Optional.empty(),
          ByteCount.ZERO,
          ByteCount.ZERO,
          ByteCount.ZERO);

  public VmFigures {
    requireNonNull(vmName, "vmName");
    requireNonNull(oldest, "oldest");
    requireNonNull(newest, "newest");
    requireNonNull(unique, "unique");
    requireNonNull(shared, "shared");
    requireNonNull(reclaimable, "reclaimable");
  }
}
