package dev.stillpoint.repository.blob;

/**
 * Writes one new blob from its start to its end. One thread at a time appends; others may flush
 * beside it.
 *
 * <p>After any failure the blob's unflushed end is unknown: the owner must not append again.
 */
public interface BlobAppender extends AutoCloseable {

  /**
   * Adds bytes at the end. They can be read back through the store at once, and survive a power
   * loss only after {@link #flush}.
   *
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE
   */
  void append(byte[] data, int offset, int length);

  /**
   * Makes everything appended before this call, and the blob's name, survive a power loss.
   *
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE
   */
  void flush();

  /** Gives up the handle; does not flush. */
  @Override
  void close();
}
