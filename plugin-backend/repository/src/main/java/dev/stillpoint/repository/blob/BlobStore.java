package dev.stillpoint.repository.blob;

import dev.stillpoint.model.ByteCount;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Named byte sequences that are written once from start to end. Thread-safe.
 *
 * <p>Failures are {@link dev.stillpoint.model.StillpointException}s: OUT_OF_SPACE when the disk is
 * full, NOT_FOUND for an absent blob, STORAGE_UNAVAILABLE for everything else that the storage
 * refuses.
 */
public interface BlobStore extends AutoCloseable {

  /**
   * Starts a new blob.
   *
   * @throws dev.stillpoint.model.StillpointException CONFLICT when it exists
   */
  BlobAppender create(BlobName name);

  /** Makes the blob as it can be read now survive a power loss. */
  void sync(BlobName name);

  /**
   * Fills {@code into} from the blob.
   *
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when the blob ends before
   */
  void read(BlobName name, long offset, ByteBuffer into);

  /** Length of the blob in bytes. */
  long size(BlobName name);

  boolean exists(BlobName name);

  /**
   * Makes a whole small blob appear at once, replacing one of that name. On return it survives a
   * power loss; after a crash in between there is the old state or the new one, never a part.
   */
  void publish(BlobName name, byte[] content);

  /**
   * Gives a blob that was written and flushed its final name, replacing one of that name. On return
   * that survives a power loss; after a crash in between it has one name or the other, whole. This
   * is how large blobs are published: {@link #create} under {@code tmp/}, flush, close, move.
   */
  void move(BlobName from, BlobName to);

  /**
   * The blobs of a folder in the order of their names; empty when there is no such folder. Files
   * whose names cannot be ours are left out.
   */
  List<BlobEntry> list(String folder);

  /**
   * Shows the blobs of a folder, in no order: for folders whose listing might not fit into memory.
   */
  void forEach(String folder, Consumer<BlobEntry> visitor);

  /** Shows every blob there is, in no order. */
  void forEach(Consumer<BlobEntry> visitor);

  /**
   * Removes blobs; on return they stay removed. Those that do not exist are passed over. Many at
   * once cost much less than one after the other.
   */
  void delete(List<BlobName> names);

  /** Removes a blob, as {@link #delete(List)} does. */
  default void delete(BlobName name) {
    delete(List.of(name));
  }

  /** What can still be written. */
  ByteCount free();

  /** How its disk's space is claimed in advance. */
  default SpaceClaims claims() {
    return SpaceClaims.NONE;
  }

  /** Where this is, for people: the directory or the bucket. */
  String location();

  /** The blob's whole content; for blobs that are known to be small. */
  default byte[] readAll(BlobName name) {
    byte[] content = new byte[Math.toIntExact(size(name))];
    read(name, 0, ByteBuffer.wrap(content));
    return content;
  }

  @Override
  void close();
}
