package dev.stillpoint.repository.blob;

/**
 * Space of a store's disk that is claimed before it is used: empty blobs with room. Thread-safe;
 * fails as the {@link BlobStore} does.
 */
public interface SpaceClaims {

  /** Of a store whose disk cannot be claimed. */
  SpaceClaims NONE = new NoClaims();

  /** Makes a folder, for which its first blob would need space. */
  void makeFolder(String folder);

  /**
   * Makes an empty blob with that much room, which nobody else can take.
   *
   * @return false when the storage cannot claim space; nothing is left behind then
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE; nothing is left behind
   */
  boolean claim(BlobName name, long bytes);

  /**
   * Makes an empty blob with room the new blob of another name, without giving its room back in
   * between, and starts writing it. The change of name survives a power loss once the appender is
   * flushed.
   *
   * @throws dev.stillpoint.model.StillpointException CONFLICT when there is a blob of the new name
   */
  BlobAppender takeOver(BlobName claimed, BlobName name);

  /**
   * Publishes a whole blob as {@link BlobStore#publish} does, in the space of a claimed one, which
   * is gone afterwards in any case. Cannot fail for want of space where the content fits its room.
   */
  void publish(BlobName claimed, BlobName name, byte[] content);

  /** Claimed bytes beyond the blob's end; a few KiB may be the file system's own. */
  long room(BlobName name);

  /** Gives back what is claimed beyond the blob's end. */
  void trim(BlobName name);

  /** Removes an empty blob and its room; after a power loss it may be there again. */
  void release(BlobName name);
}
