package dev.stillpoint.repository.maintenance;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who uses how much of the packs.
 *
 * @param asOf when it was found out by a collection; empty when there was none. What was stored
 *     since is added to what is unique of its owner; what was expired since is not taken off
 * @param used length of all packs, now
 * @param reclaimable garbage in the packs that the collection left; what was expired since is not
 *     in it
 * @param owners by the value of the label {@code vm}; shares of packs' lengths, so that all unique
 *     amounts and one of each shared one make the packs but for the garbage
 */
public record UsageFigures(
    Optional<Instant> asOf, ByteCount used, ByteCount reclaimable, Map<String, OwnerUsage> owners) {

  public UsageFigures {
    requireNonNull(asOf, "asOf");
    requireNonNull(used, "used");
    requireNonNull(reclaimable, "reclaimable");
    owners = Map.copyOf(owners);
  }
}
