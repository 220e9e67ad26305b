package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.index.Batch;
import dev.stillpoint.repository.index.ChunkIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to packs, enters them into the index, and makes both durable in that order.
 * Thread-safe.
 *
 * <p>When an append or a flush fails, everything since the last flush is in doubt: it is forgotten
 * and the {@link #generation} moves on.
 */
final class PackAppender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PackAppender.class);

  private final BlobStore blobs;
  private final ChunkSettings settings;
  private final ChunkIndex index;
  private final PackLedger ledger;
  private final Executor flusher;
  private final AtomicLong packBytes;

  /** One flush at a time; taken before {@link #appending}. */
  private final ReentrantLock flushing = new ReentrantLock();

  /** Guards the packs, the numbers below, and the order pack before index. */
  private final ReentrantLock appending = new ReentrantLock();

  private final List<PackWriter> pending = new ArrayList<>();
  private Optional<PackWriter> current = Optional.empty();
  private Optional<PackRecovery.Unsaved> unsaved;
  private int nextPack;
  private boolean closed;
  private volatile Generation generation = new Generation(0, Optional.empty());

  /**
   * @param flusher makes full packs durable early, so that a flush finds little to do
   */
  PackAppender(
      BlobStore blobs,
      ChunkSettings settings,
      ChunkIndex index,
      PackLedger ledger,
      PackRecovery.Found found,
      Executor flusher) {
    this.blobs = blobs;
    this.settings = settings;
    this.index = index;
    this.ledger = ledger;
    this.flusher = flusher;
    this.packBytes = new AtomicLong(found.packBytes());
    this.nextPack = found.nextPack();
    this.unsaved = found.unsaved();
  }

  /**
   * Appends a record unless all its chunks are stored by now.
   *
   * @param holder from now on builds on the packs the chunks lie in
   * @return the bytes it added
   */
  long append(byte[] record, int length, List<PackRecord.Part> parts, PackLedger.Holder holder) {
    Optional<PackWriter> full = Optional.empty();
    saveRecovered();
    appending.lock();
    try {
      requireOpen();
      if (parts.stream().allMatch(part -> reuse(part.id(), holder))) {
        return 0;
      }
      if (current.isPresent() && current.get().sizeBytes() + length > settings.packBytes()) {
        full = current;
        current = Optional.empty();
      }
      if (current.isEmpty()) {
        startPack();
      }
      PackWriter pack = current.get();
      long offset = pack.append(record, length);
      packBytes.addAndGet(length);
      ChunkPlace place = new ChunkPlace(pack.number(), Math.toIntExact(offset), length, false);
      parts.forEach(part -> index.put(part.id(), place));
      holder.lean(pack.number());
    } catch (StillpointException e) {
      fail(e);
      throw e;
    } catch (RuntimeException | Error e) {
      fail(new StillpointException(ErrorKind.INTERNAL, "Appending to a pack failed", "", e));
      throw e;
    } finally {
      appending.unlock();
    }
    full.ifPresent(this::finish);
    flushWhenMuchIsPending();
    return length;
  }

  /** Takes over what could not be written into the index. */
  void saveLater(Optional<PackRecovery.Unsaved> recovered) {
    appending.lock();
    try {
      unsaved = recovered;
    } finally {
      appending.unlock();
    }
  }

  /** What an earlier opening could not write: nothing may be put before it is safe. */
  private void saveRecovered() {
    appending.lock();
    try {
      unsaved.ifPresent(found -> index.write(found.batch(), found.extents()));
      unsaved = Optional.empty();
    } finally {
      appending.unlock();
    }
  }

  private void startPack() {
    current = Optional.of(new PackWriter(blobs, nextPack));
    ledger.add(nextPack);
    nextPack++;
    pending.add(current.get());
  }

  /**
   * Whether the chunk is stored, sound and not about to be collected; then it is held.
   *
   * <p>Whoever relies on a chunk relies on its newest place: of several entries the index keeps
   * that one. So an older place, where the newest is condemned, is entered anew.
   */
  boolean reuse(ChunkId id, PackLedger.Holder holder) {
    Optional<ChunkPlace> newest = index.find(id, ledger::exists);
    return newest.isPresent()
        && (lean(newest.get(), holder)
            || (!ledger.isReusable(newest.get().pack()) && reuseOlder(id, holder)));
  }

  private static boolean lean(ChunkPlace place, PackLedger.Holder holder) {
    return !place.damaged() && holder.lean(place.pack());
  }

  private boolean reuseOlder(ChunkId id, PackLedger.Holder holder) {
    appending.lock();
    try {
      Optional<ChunkPlace> older =
          index.find(id, ledger::isReusable).filter(place -> lean(place, holder));
      older.ifPresent(place -> index.put(id, place));
      return older.isPresent();
    } finally {
      appending.unlock();
    }
  }

  /** Notes that the record at that place is bad, unless the chunk was stored again meanwhile. */
  void markDamaged(ChunkId id, ChunkPlace bad) {
    appending.lock();
    try {
      index
          .find(id, ledger::exists)
          .filter(place -> place.samePlace(bad) && !place.damaged())
          .ifPresent(place -> index.put(id, place.asDamaged()));
    } finally {
      appending.unlock();
    }
  }

  /** The full pack is flushed beside the work; a flush that comes first does it itself. */
  private void finish(PackWriter pack) {
    long begun = generation();
    flusher.execute(
        () -> {
          try {
            pack.flushAndClose();
          } catch (StillpointException e) {
            failUnlessOver(begun, e);
          }
        });
  }

  /** Keeps the index's part in memory small in a point of any size. */
  private void flushWhenMuchIsPending() {
    if (index.isFull() && flushing.tryLock()) {
      try {
        flush(snapshot());
      } finally {
        flushing.unlock();
      }
    }
  }

  /**
   * Makes everything appended before this call durable, packs first, then the index.
   *
   * @throws StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE; the generation has moved on
   */
  void flush() {
    flushing.lock();
    try {
      flush(snapshot());
    } finally {
      flushing.unlock();
    }
  }

  /** Ends the pack that is being written, so that it can be collected, and flushes. */
  void seal() {
    Optional<PackWriter> last;
    appending.lock();
    try {
      last = current;
      current = Optional.empty();
    } finally {
      appending.unlock();
    }
    last.ifPresent(this::finish);
    flush();
  }

  private void flush(Pending snapshot) {
    try {
      for (PackWriter pack : snapshot.packs()) {
        pack.flush();
      }
      index.write(snapshot.batch(), snapshot.extents());
      noteIndexed(snapshot);
      flusher.execute(this::mergeIndex);
    } catch (StillpointException e) {
      failUnlessOver(snapshot.generation(), e);
      throw e;
    } catch (IllegalStateException e) {
      // An append that failed, or the end, may have discarded the batch: then that is the reason.
      requireGeneration(snapshot.generation());
      throw e;
    }
  }

  private void mergeIndex() {
    try {
      index.merge(ledger::isListed);
    } catch (StillpointException e) {
      // Nothing is lost: there are more runs than there need be, and the next flush tries again.
      LOG.warn("The index could not be merged: {}", e.getMessage());
    }
  }

  private Pending snapshot() {
    saveRecovered();
    appending.lock();
    try {
      requireOpen();
      return new Pending(
          generation.number(),
          List.copyOf(pending),
          pending.stream().map(PackWriter::extent).filter(e -> e.to() > e.from()).toList(),
          index.freeze());
    } finally {
      appending.unlock();
    }
  }

  private void noteIndexed(Pending snapshot) {
    appending.lock();
    try {
      requireGeneration(snapshot.generation());
      for (PackWriter pack : pending) {
        snapshot.extents().stream()
            .filter(extent -> extent.pack() == pack.number())
            .forEach(extent -> pack.indexed(extent.to()));
      }
      pending.removeIf(pack -> pack.isClosed() && pack.isWhollyIndexed());
    } finally {
      appending.unlock();
    }
  }

  /** How much content is compressed together. */
  int groupBytes() {
    return settings.groupBytes();
  }

  /** Grows with every failure that put stored content in doubt. */
  long generation() {
    return generation.number();
  }

  /** See {@link ChunkStore#requireGeneration}. */
  void requireGeneration(long since) {
    Generation now = generation;
    if (now.number() != since) {
      StillpointException cause = now.failure().orElseThrow();
      throw new StillpointException(
          cause.kind(),
          "Writing to the repository failed meanwhile: " + cause.getMessage(),
          cause.remedy(),
          cause);
    }
  }

  /** The packs that are still being written or flushed. */
  List<Integer> unfinished() {
    appending.lock();
    try {
      return pending.stream().map(PackWriter::number).toList();
    } finally {
      appending.unlock();
    }
  }

  /** Length of all packs. */
  long packBytes() {
    return packBytes.get();
  }

  /** Takes note of packs that were deleted. */
  void removed(long bytes) {
    packBytes.addAndGet(-bytes);
  }

  /** A generation that has ended already needs no second end, nor do those who came after it. */
  private void failUnlessOver(long begun, StillpointException cause) {
    appending.lock();
    try {
      if (generation() == begun) {
        fail(cause);
      }
    } finally {
      appending.unlock();
    }
  }

  /** Forgets what is not durable for certain; the packs in doubt are never appended to again. */
  private void fail(StillpointException cause) {
    appending.lock();
    try {
      generation = new Generation(generation.number() + 1, Optional.of(cause));
      index.discard();
      for (PackWriter pack : pending) {
        try {
          pack.giveUp(cause);
        } catch (StillpointException e) {
          cause.addSuppressed(e);
        }
      }
      pending.clear();
      current = Optional.empty();
    } finally {
      appending.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw isClosed();
    }
  }

  private StillpointException isClosed() {
    return new StillpointException(
        ErrorKind.CONFLICT, "The repository " + blobs.location() + " is closed", "");
  }

  /** Closes without flushing: a flush that is under way fails. */
  @Override
  public void close() {
    appending.lock();
    try {
      closed = true;
      fail(isClosed());
    } finally {
      appending.unlock();
    }
  }

  /**
   * @param failure what ended the generation before; empty for the first
   */
  private record Generation(long number, Optional<StillpointException> failure) {}

  /** What a flush has to make durable. */
  private record Pending(
      long generation, List<PackWriter> packs, List<PackExtent> extents, Batch batch) {}
}
