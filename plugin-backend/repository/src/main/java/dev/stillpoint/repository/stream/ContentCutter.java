package dev.stillpoint.repository.stream;

import static java.util.Objects.checkFromIndexSize;

/**
 * Says where the chunks of a stream end, by the content alone: bytes that are put in or taken out
 * move the cuts near them, and all later chunks are the same again. Not thread-safe.
 *
 * <p>The rule (FastCDC: gear hash with normalised lengths), part of the format. With every byte
 * <i>b</i> the 64-bit hash becomes {@code (hash << 1) + gear[b]}, see {@link GearTable}; so it
 * depends on the last 64 bytes. A chunk ends after a byte
 *
 * <ul>
 *   <li>never within its first {@value #MIN_BYTES} bytes less one; hashing starts 64 bytes before,
 *       with hash 0
 *   <li>up to its length {@value #NORMAL_BYTES}, when the highest {@value #EARLY_BITS} bits of the
 *       hash are zero
 *   <li>beyond, when the highest {@value #LATE_BITS} bits are zero
 *   <li>at {@value #MAX_BYTES} in any case
 * </ul>
 *
 * The end of the stream ends the last chunk. Mean length with random content: 66 KiB.
 */
public final class ContentCutter {

  /** Shortest chunk, but for a stream's last. */
  public static final int MIN_BYTES = 16 * 1024;

  /** Longest chunk. */
  public static final int MAX_BYTES = 256 * 1024;

  static final int NORMAL_BYTES = 56 * 1024;
  static final int EARLY_BITS = 18;
  static final int LATE_BITS = 14;

  private static final int WINDOW_BYTES = 64;
  private static final int FIRST_HASHED = MIN_BYTES - WINDOW_BYTES;
  private static final long[] GEAR = GearTable.create();

  private int chunkBytes;
  private long hash;

  /**
   * Looks at the next bytes of the stream, up to where the current chunk ends. The result does not
   * depend on how the stream is divided among calls.
   *
   * @return how many of these bytes belong to the current chunk when it ends among them, the next
   *     call then starts behind them; 0 when all of them belong to it and it goes on
   */
  public int cut(byte[] data, int offset, int length) {
    checkFromIndexSize(offset, length, data.length);
    int used = Math.min(length, Math.max(0, FIRST_HASHED - chunkBytes));
    used = roll(data, offset, used, Math.min(length, used + roomUpTo(MIN_BYTES - 1, used)));
    int early = scan(data, offset, used, length, NORMAL_BYTES, EARLY_BITS);
    if (early < 0) {
      used = Math.min(length, used + roomUpTo(NORMAL_BYTES, used));
      int late = scan(data, offset, used, length, MAX_BYTES, LATE_BITS);
      if (late < 0 && chunkBytes + length < MAX_BYTES) {
        chunkBytes += length;
        return 0;
      }
      early = late < 0 ? MAX_BYTES - chunkBytes : late;
    }
    chunkBytes = 0;
    hash = 0;
    return early;
  }

  /** How many more bytes than {@code used} until the chunk has that length. */
  private int roomUpTo(int chunkLength, int used) {
    return Math.max(0, chunkLength - chunkBytes - used);
  }

  private int roll(byte[] data, int offset, int from, int to) {
    long rolling = hash;
    for (int i = from; i < to; i++) {
      rolling = (rolling << 1) + GEAR[data[offset + i] & 0xFF];
    }
    hash = rolling;
    return to;
  }

  /**
   * Looks for a cut among the bytes {@code [from, length)} as far as the chunk stays within {@code
   * chunkLimit}.
   *
   * @return the bytes up to and with the cut; negative without one
   */
  private int scan(byte[] data, int offset, int from, int length, int chunkLimit, int bits) {
    int end = offset + Math.min(length, from + roomUpTo(chunkLimit, from));
    int shift = Long.SIZE - bits;
    long rolling = hash;
    for (int i = offset + from; i < end; i++) {
      rolling = (rolling << 1) + GEAR[data[i] & 0xFF];
      if (rolling >>> shift == 0) {
        return i + 1 - offset;
      }
    }
    hash = rolling;
    return -1;
  }
}
