package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.Packs;

/**
 * A pack of this session. {@link #append}, {@link #extent} and {@link #indexed} are called under
 * the store's append lock; flush and close come from any thread.
 */
final class PackWriter {

  private final int number;
  private final BlobAppender appender;
  private long sizeBytes;
  private long indexedBytes;
  private boolean closed;

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

  /** Makes what was appended durable; a closed pack was flushed before, or given up for good. */
  synchronized void flush() {
    if (!closed) {
      appender.flush();
    }
  }

  /** For a full pack. */
  synchronized void flushAndClose() {
    flush();
    close();
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      appender.close();
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
