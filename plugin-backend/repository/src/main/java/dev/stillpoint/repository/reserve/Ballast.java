package dev.stillpoint.repository.reserve;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.SpaceClaims;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Empty blobs of one folder, numbered, each with the same room, that keep the disk from others.
 * Thread-safe.
 *
 * <p>None of it needs to survive a power loss: it is counted, and corrected, at each opening.
 */
final class Ballast {

  private static final Pattern FILE = Pattern.compile("[0-7][0-9a-f]{15}");

  private final BlobStore blobs;
  private final SpaceClaims claims;
  private final String folder;
  private final long pieceBytes;
  private final Deque<BlobName> names = new ArrayDeque<>();
  private long next;
  private boolean claimable = true;

  Ballast(BlobStore blobs, String folder, long pieceBytes) {
    this.blobs = blobs;
    this.claims = blobs.claims();
    this.folder = folder;
    this.pieceBytes = pieceBytes;
  }

  /** Finds what an earlier process left, and removes what is no whole piece. */
  synchronized void recover() {
    for (BlobEntry entry : blobs.list(folder)) {
      Matcher file = FILE.matcher(entry.name().file());
      if (file.matches()) {
        next = Math.max(next, 1 + Long.parseLong(file.group(), 16));
      }
      if (file.matches() && entry.sizeBytes() == 0 && claims.room(entry.name()) >= pieceBytes) {
        names.addLast(entry.name());
      } else {
        blobs.delete(entry.name());
      }
    }
  }

  /**
   * Claims or gives back, piece by piece, until there is as much as is wanted, or up to one piece
   * more.
   *
   * @param wantedBytes is asked before each piece
   * @throws StillpointException OUT_OF_SPACE when the disk has no more
   */
  void settle(LongSupplier wantedBytes) {
    boolean more = true;
    while (more) {
      more = step(wantedBytes);
    }
  }

  private synchronized boolean step(LongSupplier wantedBytes) {
    long wanted = piecesFor(wantedBytes.getAsLong());
    if (names.size() > wanted) {
      claims.release(names.removeLast());
      return true;
    }
    return names.size() < wanted && claimable && claimOne();
  }

  private boolean claimOne() {
    // Asked first, because a claim that fails half-way takes for a moment all that others need.
    if (blobs.free().bytes() < pieceBytes) {
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "The disk of " + blobs.location() + " has only " + blobs.free() + " left",
          "Make room on it.");
    }
    BlobName name = BlobName.of(folder, String.format(Locale.ROOT, "%016x", next));
    next++;
    claimable = claims.claim(name, pieceBytes);
    if (claimable) {
      names.addLast(name);
    }
    return claimable;
  }

  /** Makes a piece the new blob of that name; empty when there is none. */
  synchronized Optional<BlobAppender> takeOver(BlobName name) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    // One that cannot be taken over is in doubt; the next opening finds it or not.
    return Optional.of(claims.takeOver(names.removeLast(), name));
  }

  /** Publishes a blob in the space of one piece. Returns whether there was one. */
  synchronized boolean publish(BlobName name, byte[] content) {
    if (names.isEmpty()) {
      return false;
    }
    claims.publish(names.removeLast(), name, content);
    return true;
  }

  /** Gives one piece back to the disk. Returns whether there was one. */
  synchronized boolean release() {
    if (names.isEmpty()) {
      return false;
    }
    claims.release(names.removeLast());
    return true;
  }

  long pieceBytes() {
    return pieceBytes;
  }

  synchronized long claimedBytes() {
    return names.size() * pieceBytes;
  }

  /** Whether the disk can keep space for us at all, as far as it was tried. */
  synchronized boolean claimable() {
    return claimable;
  }

  /** What would have to be claimed more for that much. */
  synchronized long missingBytes(long wantedBytes) {
    return Math.max(0, piecesFor(wantedBytes) - names.size()) * pieceBytes;
  }

  private long piecesFor(long bytes) {
    return (bytes + pieceBytes - 1) / pieceBytes;
  }
}
