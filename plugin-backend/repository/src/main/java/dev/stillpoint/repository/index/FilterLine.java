package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;

/**
 * A Bloom filter for one block of entries: 992 bits for at most 93 ids, seven bits for each. An
 * unknown id passes in 6 of 1,000 cases.
 *
 * <p>Bit {@code n} is the bit of value {@code 1 << (n % 8)} in byte {@code n / 8}. An id's bits are
 * {@code w * 992 >> 16} for the seven 16-bit numbers {@code w} in its bytes 8 to 21; its first
 * eight bytes say little, they are alike in a block.
 */
final class FilterLine {

  /** 124 bytes of bits, then a CRC-32C. */
  static final int BYTES = 128;

  private static final int BITS = 8 * (BYTES - Integer.BYTES);
  private static final int HASHES = 7;

  private FilterLine() {}

  static void add(byte[] line, int start, byte[] entry, int offset) {
    ByteBuffer id = ByteBuffer.wrap(entry);
    for (int i = 0; i < HASHES; i++) {
      int bit = bit(id.getShort(offset + Long.BYTES + Short.BYTES * i));
      line[start + bit / 8] |= (byte) (1 << (bit % 8));
    }
  }

  static boolean mayContain(byte[] line, int start, ChunkId id) {
    for (int i = 0; i < HASHES; i++) {
      long word = id.word(1 + i / 4);
      int bit = bit((int) (word >>> (48 - 16 * (i % 4))));
      if ((line[start + bit / 8] & (1 << (bit % 8))) == 0) {
        return false;
      }
    }
    return true;
  }

  static void seal(byte[] lines, int start, int block) {
    RunFormat.seal(lines, start, BYTES - Integer.BYTES, block);
  }

  static boolean isSealed(byte[] lines, int start, int block) {
    return RunFormat.isSealed(lines, start, BYTES - Integer.BYTES, block);
  }

  private static int bit(int number) {
    return ((number & 0xffff) * BITS) >>> 16;
  }
}
