package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;

/** The arithmetic of 64 KiB chunks over an image. */
final class Grid {

  static final int BYTES = Repository.GRID_BYTES;
  private static final byte[] ZEROES = new byte[BYTES];

  private Grid() {}

  /** Chunks that an image of that size has, a partial one at its end included. */
  static long chunks(long sizeBytes) {
    return sizeBytes / BYTES + (sizeBytes % BYTES == 0 ? 0 : 1);
  }

  static boolean isZero(byte[] data, int offset) {
    return Arrays.equals(data, offset, offset + BYTES, ZEROES, 0, BYTES);
  }

  /**
   * @throws StillpointException BAD_REQUEST unless the range may be written to an image of that
   *     size
   */
  static void requireWritable(long offset, long length, long sizeBytes, String image) {
    boolean inside = offset >= 0 && length <= sizeBytes && offset <= sizeBytes - length;
    boolean aligned = offset % BYTES == 0 && (length % BYTES == 0 || offset + length == sizeBytes);
    if (!inside || !aligned) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Cannot write "
              + length
              + " bytes at offset "
              + offset
              + " of "
              + image
              + ", which has "
              + sizeBytes
              + " bytes and a grid of "
              + BYTES,
          "");
    }
  }
}
