package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads one disk image or stream of a committed restore point. Thread-safe; several callers use
 * more cores.
 */
public interface ImageReader extends AutoCloseable {

  ByteCount size();

  /**
   * Where there is data, ascending and merged, of a disk on the grid but at its end; everything
   * else reads as zeroes.
   *
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when a part of the map is damaged
   */
  List<ByteRange> dataRanges();

  /**
   * As {@link #dataRanges()} for a part of the image, and at a cost in time and memory that depends
   * on that part only; the first and the last range are cut to it.
   *
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST beyond the image's end,
   *     CORRUPT_DATA when this part of the map is damaged
   */
  List<ByteRange> dataRanges(ByteRange part);

  /**
   * Fills {@code into} completely. The SHA-256 of every chunk is checked.
   *
   * @param offset in bytes from the image's start, any alignment
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST beyond the image's end,
   *     CORRUPT_DATA naming pack, offset and chunk; what {@code into} holds then is undefined
   */
  void read(long offset, ByteBuffer into);

  @Override
  void close();
}
