package dev.stillpoint.repository.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The 256 numbers of the cutter's rolling hash, part of the format: number <i>b</i> is the first
 * eight bytes, big-endian, of the SHA-256 of the ASCII text {@code "Stillpoint gear 1"} followed by
 * the byte <i>b</i>.
 */
final class GearTable {

  static final String SEED = "Stillpoint gear 1";

  private GearTable() {}

  static long[] create() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] seed = SEED.getBytes(StandardCharsets.US_ASCII);
      long[] table = new long[256];
      for (int i = 0; i < table.length; i++) {
        sha256.update(seed);
        sha256.update((byte) i);
        table[i] = ByteBuffer.wrap(sha256.digest()).getLong();
      }
      return table;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
