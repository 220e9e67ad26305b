package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.Packs;
import java.util.Optional;

/**
 * A pack of this session. {@link #append}, {@link #extent} and {@link #indexed} are called under
 * the store's append lock; flush, close and giving up come from any thread.
 */
final class PackWriter {

  private final int number;
  private final BlobAppender appender;
  private long sizeBytes;
  private long indexedBytes;
  private boolean closed;
  private Optional<StillpointException> givenUp = Optional.empty();

  PackWriter(BlobStore blobs, int number) {
    this.number = number;
    this.appender = blobs.create(Packs.name(number));
  }

  int number() {
    return number;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Returns the offset at which the record lies now. */
  long append(byte[] record, int length) {
    appender.append(record, 0, length);
    long offset = sizeBytes;
    sizeBytes += length;
    return offset;
  }

  /** What no index run lists yet. */
  PackExtent extent() {
    return new PackExtent(number, indexedBytes, sizeBytes);
  }

  /** Takes note that a durable index run lists everything before {@code to}. */
  void indexed(long to) {
    indexedBytes = to;
  }

  boolean isWhollyIndexed() {
    return indexedBytes == sizeBytes;
  }

  /**
   * Makes what was appended durable; a closed pack was flushed before.
   *
   * @throws StillpointException also when it was given up, or a flush has failed before: the system
   *     tells of a failure once, and the next flush of the same file succeeds whatever was lost
   */
  synchronized void flush() {
    if (givenUp.isPresent()) {
      StillpointException cause = givenUp.get();
      throw new StillpointException(cause.kind(), cause.getMessage(), cause.remedy(), cause);
    }
    if (!closed) {
      try {
        appender.flush();
      } catch (StillpointException e) {
        givenUp = Optional.of(e);
        throw e;
      }
    }
  }

  /** For a full pack. */
  synchronized void flushAndClose() {
    flush();
    close();
  }

  /** From now on nobody may count on it, unless it was flushed and closed before. */
  synchronized void giveUp(StillpointException cause) {
    if (!closed) {
      givenUp = Optional.of(givenUp.orElse(cause));
      close();
    }
  }

  private void close() {
    if (!closed) {
      closed = true;
      appender.close();
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
