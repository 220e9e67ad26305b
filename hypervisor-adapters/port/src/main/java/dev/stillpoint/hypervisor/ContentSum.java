package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/**
 * The sum of a disk's content as its storage computes it: the BLAKE2b-256 of the BLAKE2b-256
 * digests of its blocks in their order. The last block may be shorter.
 *
 * @param hex in lower case
 */
public record ContentSum(String hex) {

  public static final int BLOCK_BYTES = 4 * 1024 * 1024;

  public ContentSum {
    requireNonNull(hex, "hex");
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("No sum of 256 bits: " + hex);
    }
  }
}
