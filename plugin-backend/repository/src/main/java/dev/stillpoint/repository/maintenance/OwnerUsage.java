package dev.stillpoint.repository.maintenance;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * What one owner's restore points take in the packs.
 *
 * @param unique what nobody else needs: it comes free when all his points are expired and collected
 * @param shared what others need as well; it counts in full for each of them
 */
public record OwnerUsage(ByteCount unique, ByteCount shared) {

  public OwnerUsage {
    requireNonNull(unique, "unique");
    requireNonNull(shared, "shared");
  }

  public static OwnerUsage none() {
    return new OwnerUsage(ByteCount.ZERO, ByteCount.ZERO);
  }

  public OwnerUsage withMoreUnique(ByteCount more) {
    return new OwnerUsage(ByteCount.ofBytes(unique.bytes() + more.bytes()), shared);
  }
}
