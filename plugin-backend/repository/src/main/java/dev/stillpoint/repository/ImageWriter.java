package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.nio.ByteBuffer;

/**
 * Writes one disk image, in any order. Thread-safe: hashing and compression run in the callers'
 * threads, so several callers use several cores. Of two writes to one chunk the later counts.
 *
 * <p>Offsets are multiples of {@link Repository#GRID_BYTES}, and so are lengths but for a range
 * that ends at the image's end.
 */
public interface ImageWriter extends AutoCloseable {

  /**
   * Stores all remaining bytes of {@code data} at {@code offset}; chunks of zeroes become holes.
   *
   * @param offset in bytes from the image's start
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST off the grid or beyond the end,
   *     CONFLICT after {@link #finish} or {@link #close}, OUT_OF_SPACE, STORAGE_UNAVAILABLE
   */
  void write(long offset, ByteBuffer data);

  /** Makes the range read as zeroes, whatever it was; cheap for any length. Errors as above. */
  void zero(ByteRange range);

  /**
   * Compressed bytes that this image has added to the packs so far, its map included. Content that
   * was stored before, by anybody, adds nothing.
   */
  ByteCount bytesStored();

  /** Completes the image, waiting for writes under way; further writes are refused. */
  void finish();

  /** An image closed without {@link #finish} keeps its point from being committed. */
  @Override
  void close();
}
