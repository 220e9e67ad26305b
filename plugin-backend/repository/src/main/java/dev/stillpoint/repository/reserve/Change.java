package dev.stillpoint.repository.reserve;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;

/**
 * The small change: claimed pieces in which small blobs are published while others keep the disk
 * full. It comes on top of the reserve. Thread-safe.
 */
final class Change {

  static final String SMALL = "change-small";
  static final String LARGE = "change-large";

  private static final int SMALL_COUNT = 16;
  private static final int LARGE_COUNT = 2;

  private final BlobStore blobs;
  private final Ballast ballast;
  private final Ballast small;
  private final Ballast large;

  /**
   * @param ballast is broken into change when there is no more
   */
  Change(BlobStore blobs, Ballast ballast) {
    this.blobs = blobs;
    this.ballast = ballast;
    this.small = new Ballast(blobs, SMALL, Math.max(1, ballast.pieceBytes() / 512));
    this.large = new Ballast(blobs, LARGE, Math.max(1, ballast.pieceBytes() / 2));
  }

  void recover() {
    small.recover();
    large.recover();
  }

  /**
   * Claims what is missing, or gives everything back.
   *
   * @throws StillpointException OUT_OF_SPACE when the disk has no more
   */
  void settle(boolean wanted) {
    small.settle(() -> wanted ? SMALL_COUNT * small.pieceBytes() : 0);
    large.settle(() -> wanted ? LARGE_COUNT * large.pieceBytes() : 0);
  }

  /** What is yet to be claimed where it is wanted. */
  long missingBytes() {
    return small.missingBytes(SMALL_COUNT * small.pieceBytes())
        + large.missingBytes(LARGE_COUNT * large.pieceBytes());
  }

  /**
   * Publishes a blob whoever fills the disk. Returns whether enough was claimed to do so.
   *
   * @throws StillpointException as the blob store does, but not OUT_OF_SPACE
   */
  boolean publish(BlobName name, byte[] content) {
    while (true) {
      try {
        if (publishInPiece(name, content)) {
          return true;
        }
        if (!ballast.release()) {
          return false;
        }
        if (content.length > large.pieceBytes()) {
          blobs.publish(name, content);
          return true;
        }
        settle(true);
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.OUT_OF_SPACE) {
          throw e;
        }
        // Others were faster, or the folder had to grow; the next piece is another chance.
      }
    }
  }

  private boolean publishInPiece(BlobName name, byte[] content) {
    return (content.length <= small.pieceBytes() && small.publish(name, content))
        || (content.length <= large.pieceBytes() && large.publish(name, content));
  }
}
