package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.ByteCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what each owner's chunks take in the packs. One thread. */
final class OwnerShares {

  private final List<String> owners;
  private final double[] unique;
  private final double[] shared;

  OwnerShares(List<String> owners) {
    this.owners = List.copyOf(owners);
    this.unique = new double[owners.size()];
    this.shared = new double[owners.size()];
  }

  /**
   * @param numbers holds the chunk's owners in its first {@code count} places; what nobody owns is
   *     only held for the moment and counts for none
   */
  void add(int[] numbers, int count, double bytes) {
    int known = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[i] != Live.NOBODY) {
        known++;
      }
    }
    double[] sums = known == 1 ? unique : shared;
    for (int i = 0; i < count; i++) {
      if (numbers[i] != Live.NOBODY) {
        sums[numbers[i]] += bytes;
      }
    }
  }

  Map<String, OwnerUsage> byOwner() {
    Map<String, OwnerUsage> byOwner = new HashMap<>();
    for (int i = 0; i < unique.length; i++) {
      byOwner.put(
          owners.get(i),
          new OwnerUsage(
              ByteCount.ofBytes(Math.round(unique[i])), ByteCount.ofBytes(Math.round(shared[i]))));
    }
    return byOwner;
  }
}
