package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import java.util.Map;

/**
 * Writes one restore point. One thread drives it; its {@link ImageWriter}s are thread-safe and may
 * be written at once. Several point writers may be open at once, they share what they store.
 *
 * <p>A writer that failed stays failed: after OUT_OF_SPACE or STORAGE_UNAVAILABLE, here or in
 * another writer whose pack this one used, every call but {@link #close} fails the same way.
 */
public interface PointWriter extends AutoCloseable {

  /**
   * Starts an image that is all zeroes until written.
   *
   * @param name any text of 1 to 1024 characters, unique within the point
   * @param size up to 256 TiB
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST for a name or size that cannot be,
   *     CONFLICT when the point has that image already
   */
  ImageWriter startImage(String name, ByteCount size);

  /**
   * Starts an image whose unwritten ranges are those of another, which may be shorter or longer.
   * Beyond a shorter base's end there are zeroes.
   *
   * @throws dev.stillpoint.model.StillpointException as above; BAD_REQUEST when the base is a
   *     stream, NOT_FOUND when there is no such base, CORRUPT_DATA when it is known to be damaged,
   *     see {@link Repository#hasKnownDamage}
   */
  ImageWriter startImage(String name, ByteCount size, ImageRef base);

  /**
   * Starts a stream.
   *
   * @param name any text of 1 to 1024 characters, unique among the point's images and streams
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST for a name that cannot be,
   *     CONFLICT when the point has an image or stream of that name already
   */
  StreamWriter startStream(String name);

  /**
   * Makes the point visible, durably, and ends this writer: packs, index, then the manifest.
   *
   * @throws dev.stillpoint.model.StillpointException CONFLICT when an image is not finished;
   *     OUT_OF_SPACE or STORAGE_UNAVAILABLE, then the point is not there
   */
  Manifest commit(Map<String, String> labels, String document);

  /**
   * Without a commit nothing becomes visible; what was stored is garbage, and reused by later
   * writers.
   */
  @Override
  void close();
}
