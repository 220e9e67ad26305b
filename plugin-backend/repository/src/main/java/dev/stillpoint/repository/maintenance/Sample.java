package dev.stillpoint.repository.maintenance;

/**
 * Which chunks to read: a part of all, by their ids.
 *
 * @param percent 1 to 100
 * @param salt another one makes another choice
 */
public record Sample(int percent, long salt) {

  public Sample {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("Not a percentage: " + percent);
    }
  }

  public static Sample everything() {
    return new Sample(100, 0);
  }

  /**
   * @param idStart the first eight bytes of the id
   */
  boolean takes(long idStart) {
    // The finalizer of MurmurHash3: each bit of the salt changes half the choice.
    long mixed = idStart ^ salt;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return Long.remainderUnsigned(mixed ^ mixed >>> 33, 100) < percent;
  }
}
