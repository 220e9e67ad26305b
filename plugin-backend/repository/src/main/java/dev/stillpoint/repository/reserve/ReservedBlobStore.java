package dev.stillpoint.repository.reserve;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.Packs;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A blob store within a reserve: counts what is used, refuses what would grow beyond, and keeps
 * claimed on the disk what is not used yet. Thread-safe.
 *
 * <p>A blob that is appended to takes over a claimed piece, so that its space is at no time
 * anybody's. Other blobs are small: they take what the disk has free, and when it has nothing,
 * small change that is claimed for them.
 */
public final class ReservedBlobStore implements BlobStore {

  private final BlobStore blobs;
  private final Reserve reserve;

  /** One publication or deletion at a time, so that what it replaces is counted once. */
  private final ReentrantLock changing = new ReentrantLock();

  private ReservedBlobStore(BlobStore blobs, Reserve reserve) {
    this.blobs = blobs;
    this.reserve = reserve;
  }

  /**
   * Counts what is used, and claims what is missing or gives back what is too much. Takes a look at
   * every blob there is.
   *
   * @param size of the reserve; empty for one that only the disk limits
   * @param pieceBytes the longest blob that is appended to
   */
  public static ReservedBlobStore open(BlobStore blobs, Optional<ByteCount> size, long pieceBytes) {
    requireNonNull(blobs, "blobs");
    return new ReservedBlobStore(blobs, Reserve.open(blobs, size, pieceBytes));
  }

  /** The reserve of this store, and how it is resized. */
  public Reserve reserve() {
    return reserve;
  }

  @Override
  public BlobAppender create(BlobName name) {
    Optional<BlobAppender> claimed = Packs.holds(name) ? reserve.takeOver(name) : Optional.empty();
    return new CountingAppender(
        name, claimed.orElseGet(() -> blobs.create(name)), claimed.isPresent());
  }

  @Override
  public void publish(BlobName name, byte[] content) {
    changing.lock();
    try {
      long before = pages(name);
      long after = Ledger.pages(content.length);
      if (!reserve.ledger().take(after - before)) {
        throw reserve.full();
      }
      try {
        publishPaid(name, content);
      } catch (StillpointException e) {
        recount(List.of(name), after, e);
        throw e;
      }
    } finally {
      changing.unlock();
    }
    reserve.settleQuietly();
  }

  /** The disk may be full of what others wrote; our claims are there to be spent then. */
  private void publishPaid(BlobName name, byte[] content) {
    try {
      blobs.publish(name, content);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.OUT_OF_SPACE || !reserve.publish(name, content)) {
        throw e;
      }
    }
  }

  @Override
  public void move(BlobName from, BlobName to) {
    changing.lock();
    try {
      long replaced = pages(to);
      blobs.move(from, to);
      reserve.ledger().correct(-replaced);
    } finally {
      changing.unlock();
    }
    reserve.settleQuietly();
  }

  @Override
  public void delete(List<BlobName> names) {
    changing.lock();
    try {
      long before = pages(names);
      try {
        blobs.delete(names);
      } catch (StillpointException e) {
        recount(names, before, e);
        throw e;
      }
      reserve.ledger().correct(-before);
    } finally {
      changing.unlock();
    }
    reserve.settleQuietly();
  }

  private long pages(BlobName name) {
    return blobs.exists(name) ? Ledger.pages(blobs.size(name)) : 0;
  }

  private long pages(List<BlobName> names) {
    return names.stream().mapToLong(this::pages).sum();
  }

  /** After a failure a blob may be the old one, the new one or none. */
  private void recount(List<BlobName> names, long countedBytes, StillpointException failure) {
    try {
      reserve.ledger().correct(pages(names) - countedBytes);
    } catch (StillpointException e) {
      // The storage does not even answer; the next opening counts anew.
      failure.addSuppressed(e);
    }
  }

  @Override
  public void sync(BlobName name) {
    blobs.sync(name);
  }

  @Override
  public void read(BlobName name, long offset, ByteBuffer into) {
    blobs.read(name, offset, into);
  }

  @Override
  public long size(BlobName name) {
    return blobs.size(name);
  }

  @Override
  public boolean exists(BlobName name) {
    return blobs.exists(name);
  }

  @Override
  public List<BlobEntry> list(String folder) {
    return blobs.list(folder);
  }

  @Override
  public void forEach(String folder, Consumer<BlobEntry> visitor) {
    blobs.forEach(folder, visitor);
  }

  @Override
  public void forEach(Consumer<BlobEntry> visitor) {
    blobs.forEach(visitor);
  }

  @Override
  public ByteCount free() {
    return reserve.free();
  }

  @Override
  public String location() {
    return blobs.location();
  }

  @Override
  public void close() {
    blobs.close();
  }

  private final class CountingAppender implements BlobAppender {

    private final BlobName name;
    private final BlobAppender appender;
    private final boolean claimed;
    private long lengthBytes;
    private long roomBytes;
    private long overrunBytes;
    private boolean failed;

    CountingAppender(BlobName name, BlobAppender appender, boolean claimed) {
      this.name = name;
      this.appender = appender;
      this.claimed = claimed;
      this.roomBytes = claimed ? reserve.pieceBytes() : 0;
    }

    @Override
    public void append(byte[] data, int offset, int length) {
      long pages = Ledger.pages(lengthBytes + length) - Ledger.pages(lengthBytes);
      long fromRoom = Math.min(pages, roomBytes);
      boolean taken =
          Packs.holds(name)
              ? reserve.ledger().takeForPack(pages, fromRoom)
              : reserve.ledger().take(pages, fromRoom);
      if (!taken) {
        throw reserve.full();
      }
      roomBytes -= fromRoom;
      payForOverrun(pages - fromRoom);
      lengthBytes += length;
      try {
        appender.append(data, offset, length);
      } catch (StillpointException e) {
        failed = true;
        throw e;
      }
    }

    /** What has no room claimed for it, such as a large index, is paid for by what has. */
    private void payForOverrun(long bytes) {
      overrunBytes += bytes;
      if (overrunBytes >= reserve.pieceBytes()) {
        overrunBytes = 0;
        reserve.settleQuietly();
      }
    }

    @Override
    public void flush() {
      appender.flush();
    }

    @Override
    public void close() {
      try {
        appender.close();
        if (failed) {
          reserve.ledger().correct(pages(name) - Ledger.pages(lengthBytes));
        }
        if (claimed) {
          blobs.claims().trim(name);
        }
      } finally {
        reserve.ledger().addRoom(-roomBytes);
        roomBytes = 0;
        reserve.settleQuietly();
      }
    }
  }
}
