package dev.stillpoint.repository.crypto;

/**
 * How much work one guess of a passphrase is: the parameters of Argon2id.
 *
 * @param memoryKib memory of one guess, in KiB
 * @param passes over that memory
 * @param lanes that could be computed beside each other
 */
public record PassphraseCost(int memoryKib, int passes, int lanes) {

  /** More would let a forged slot file exhaust the reader's memory. */
  private static final int MAX_MEMORY_KIB = 256 * 1024;

  private static final int MAX_PASSES = 64;
  private static final int MAX_LANES = 16;

  public PassphraseCost {
    boolean possible =
        memoryKib >= 8 * lanes
            && memoryKib <= MAX_MEMORY_KIB
            && passes >= 1
            && passes <= MAX_PASSES
            && lanes >= 1
            && lanes <= MAX_LANES;
    if (!possible) {
      throw new IllegalArgumentException(
          "No cost: " + memoryKib + " KiB, " + passes + " passes, " + lanes + " lanes");
    }
  }

  /** 64 MiB and three passes, the second recommended option of RFC 9106 §4 in one lane. */
  public static PassphraseCost standard() {
    return new PassphraseCost(64 * 1024, 3, 1);
  }
}
