package dev.stillpoint.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts at multiples of 4 KiB, behind blocks whose content says so. File systems lay files on whole
 * blocks, so a file that moved is found again at a fraction of what a rolling hash costs.
 */
final class BlockChunking implements Chunking {

  static final int BLOCK_BYTES = 4096;

  private static final int MIN_BLOCKS = 4;
  private static final int MAX_BLOCKS = 64;

  /** One block in twelve ends a chunk: with the four that never do, 16 in the mean. */
  private static final long ENDS_BELOW = Long.divideUnsigned(-1L, 12);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public int maxBytes() {
    return MAX_BLOCKS * BLOCK_BYTES;
  }

  @Override
  public int cut(byte[] data, int offset, int length) {
    int end = Math.min(length, maxBytes());
    for (int at = (MIN_BLOCKS - 1) * BLOCK_BYTES; at + BLOCK_BYTES <= end; at += BLOCK_BYTES) {
      if (Long.compareUnsigned(hash(data, offset + at), ENDS_BELOW) < 0) {
        return at + BLOCK_BYTES;
      }
    }
    return end;
  }

  /** Four lanes, so that the multiplications do not wait for each other. */
  private static long hash(byte[] data, int offset) {
    long prime = 0x9E3779B97F4A7C15L;
    long a = 1;
    long b = 2;
    long c = 3;
    long d = 4;
    for (int i = offset; i < offset + BLOCK_BYTES; i += 4 * Long.BYTES) {
      a = (a ^ (long) LONGS.get(data, i)) * prime;
      b = (b ^ (long) LONGS.get(data, i + 8)) * prime;
      c = (c ^ (long) LONGS.get(data, i + 16)) * prime;
      d = (d ^ (long) LONGS.get(data, i + 24)) * prime;
    }
    long mixed = a ^ Long.rotateLeft(b, 17) ^ Long.rotateLeft(c, 31) ^ Long.rotateLeft(d, 47);
    mixed = (mixed ^ (mixed >>> 32)) * prime;
    return mixed ^ (mixed >>> 29);
  }
}
