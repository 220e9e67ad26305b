package dev.stillpoint.repository.chunk;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.Packs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Stores content once and finds it again by its SHA-256. Thread-safe.
 *
 * <p>What was put is readable at once and survives a power loss after {@link #flush}. When an
 * append or a flush fails, everything put since the last flush is in doubt: it is forgotten, the
 * store's {@link #generation} moves on, and whoever relies on content put in an earlier generation
 * must give up. Later callers start with a fresh pack.
 */
public final class ChunkStore implements AutoCloseable {

  private final BlobStore blobs;
  private final ChunkSettings settings;
  private final IndexFiles files;
  private final ChunkIndex index;
  private final CodecPool codecs;
  private final List<String> findings;
  private final AtomicLong packBytes;

  /** One flush at a time; taken before {@link #appending}. */
  private final ReentrantLock flushing = new ReentrantLock();

  /** Guards the packs, the numbers below, and the order pack before index. */
  private final ReentrantLock appending = new ReentrantLock();

  private final List<PackWriter> pending = new ArrayList<>();
  private Optional<PackWriter> current = Optional.empty();
  private int nextPack;
  private int indexedEntries;
  private boolean closed;
  private volatile boolean missedChunk;
  private volatile Generation generation = new Generation(0, Optional.empty());

  private ChunkStore(
      BlobStore blobs, ChunkSettings settings, IndexFiles files, IndexLoader loader) {
    this.blobs = blobs;
    this.settings = settings;
    this.files = files;
    this.codecs = new CodecPool(settings.level());
    this.index = loader.load();
    this.findings = loader.findings();
    this.packBytes = new AtomicLong(loader.packBytes());
    this.nextPack = loader.nextPack();
    this.indexedEntries = index.size();
  }

  /** Opens the packs and the index in {@code blobs}; the caller keeps and closes the blob store. */
  public static ChunkStore open(BlobStore blobs, ChunkSettings settings) {
    requireNonNull(blobs, "blobs");
    requireNonNull(settings, "settings");
    IndexFiles files = new IndexFiles(blobs, settings.entriesPerRun());
    IndexLoader loader = new IndexLoader(blobs, files);
    return new ChunkStore(blobs, settings, files, loader);
  }

  /**
   * Stores content unless it is stored already.
   *
   * @param length 1 to 64 KiB
   * @param stored is told how many bytes this call added to the packs, if any
   * @throws StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE
   */
  public ChunkId put(ChunkKind kind, byte[] content, int offset, int length, LongConsumer stored) {
    ChunkId id = ChunkId.of(content, offset, length);
    if (index.knows(id)) {
      return id;
    }
    ChunkCodec codec = codecs.take();
    try {
      int recordBytes = codec.encode(id, kind, content, offset, length);
      stored.accept(append(id, codec.buffer(), recordBytes));
    } finally {
      codecs.give(codec);
    }
    return id;
  }

  /**
   * Reads content and checks its SHA-256. Content found damaged is marked, so that the next put of
   * the same content stores it again.
   *
   * @param length of the content, exactly
   * @return the bytes that were read from the pack
   * @throws StillpointException CORRUPT_DATA naming pack, offset and chunk
   */
  public int get(ChunkId id, byte[] content, int offset, int length) {
    ChunkCodec codec = codecs.take();
    try {
      while (true) {
        ChunkPlace place = find(id);
        String problem = fetch(id, place, codec, content, offset, length);
        if (problem.isEmpty()) {
          return place.length();
        }
        index.markDamaged(id, place);
        if (find(id).samePlace(place)) {
          throw damaged(id, place, problem);
        }
        // Else another thread has stored the content again meanwhile: try that.
      }
    } finally {
      codecs.give(codec);
    }
  }

  /**
   * Makes everything put before this call durable, packs first, then the index.
   *
   * @throws StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE; the generation has moved on
   */
  public void flush() {
    flushing.lock();
    try {
      flush(snapshot());
    } finally {
      flushing.unlock();
    }
  }

  private void flush(Pending snapshot) {
    try {
      for (PackWriter pack : snapshot.packs()) {
        pack.flush();
      }
      writeIndex(snapshot);
    } catch (StillpointException e) {
      // A generation that has ended already needs no second end, nor do those who came after it.
      if (generation() == snapshot.generation()) {
        fail(e);
      }
      throw e;
    }
  }

  /** Grows with every failure that put stored content in doubt. */
  public long generation() {
    return generation.number();
  }

  /**
   * Checks that nothing was lost since {@link #generation} returned {@code since}.
   *
   * @throws StillpointException of the kind of the failure that happened since
   */
  public void requireGeneration(long since) {
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

  /** Whether the content is stored and not known to be damaged. */
  public boolean knows(ChunkId id) {
    return index.knows(id);
  }

  /** Whether anything is known to be missing or damaged that was not stored again since. */
  public boolean hasKnownDamage() {
    return missedChunk || !findings.isEmpty() || index.damaged() > 0;
  }

  /** Length of all packs. */
  public long packBytes() {
    return packBytes.get();
  }

  /** Chunks and nodes that are known, superseded ones included. */
  public int entries() {
    return index.size();
  }

  /** What was found damaged or missing when the store was opened, a sentence each. */
  public List<String> findings() {
    return findings;
  }

  /** Closes without flushing. */
  @Override
  public void close() {
    appending.lock();
    try {
      closed = true;
      pending.forEach(PackWriter::close);
      pending.clear();
      current = Optional.empty();
    } finally {
      appending.unlock();
    }
    codecs.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "The repository " + blobs.location() + " is closed", "");
    }
  }

  private long append(ChunkId id, byte[] record, int length) {
    Optional<PackWriter> full = Optional.empty();
    appending.lock();
    try {
      requireOpen();
      if (index.knows(id)) {
        return 0;
      }
      if (current.isPresent() && current.get().sizeBytes() + length > settings.packBytes()) {
        full = current;
        current = Optional.empty();
      }
      if (current.isEmpty()) {
        current = Optional.of(new PackWriter(blobs, nextPack));
        nextPack++;
        pending.add(current.get());
      }
      PackWriter pack = current.get();
      long offset = pack.append(record, length);
      packBytes.addAndGet(length);
      index.put(id, new ChunkPlace(pack.number(), Math.toIntExact(offset), length, false));
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
    return length;
  }

  /** The full pack is flushed by the thread that filled it, while others go on. */
  private void finish(PackWriter pack) {
    try {
      pack.flushAndClose();
    } catch (StillpointException e) {
      fail(e);
      throw e;
    }
  }

  private ChunkPlace find(ChunkId id) {
    Optional<ChunkPlace> place = index.find(id);
    if (place.isEmpty()) {
      missedChunk = true;
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "Chunk " + id + " is in no pack of " + blobs.location(),
          "Restore the packs from a copy, or back the machine up again in full.");
    }
    return place.get();
  }

  private String fetch(
      ChunkId id, ChunkPlace place, ChunkCodec codec, byte[] content, int offset, int length) {
    if (place.length() > codec.buffer().length) {
      return "its length in the index is wrong";
    }
    try {
      blobs.read(
          Packs.name(place.pack()),
          place.offset(),
          ByteBuffer.wrap(codec.buffer(), 0, place.length()));
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.NOT_FOUND || e.kind() == ErrorKind.CORRUPT_DATA) {
        return e.getMessage();
      }
      throw e;
    }
    return codec.decode(id, place.length(), content, offset, length);
  }

  private StillpointException damaged(ChunkId id, ChunkPlace place, String problem) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "Chunk " + id + " in " + place + " of " + blobs.location() + " is damaged: " + problem,
        "Restore the pack from a copy, or back the machine up again: the next write of the same"
            + " content heals it.");
  }

  private Pending snapshot() {
    appending.lock();
    try {
      requireOpen();
      return new Pending(
          generation.number(),
          List.copyOf(pending),
          pending.stream().map(PackWriter::extent).filter(e -> e.to() > e.from()).toList(),
          indexedEntries,
          index.size());
    } finally {
      appending.unlock();
    }
  }

  private void writeIndex(Pending snapshot) {
    if (snapshot.from() == snapshot.to() && snapshot.extents().isEmpty()) {
      return;
    }
    files.write(
        snapshot.extents(), snapshot.from(), snapshot.to(), (from, to) -> copy(snapshot, from, to));
    appending.lock();
    try {
      requireGeneration(snapshot.generation());
      indexedEntries = snapshot.to();
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

  private byte[] copy(Pending snapshot, int from, int to) {
    appending.lock();
    try {
      requireGeneration(snapshot.generation());
      return index.copy(from, to);
    } finally {
      appending.unlock();
    }
  }

  /** Forgets what is not durable for certain; the packs in doubt are never appended to again. */
  private void fail(StillpointException cause) {
    appending.lock();
    try {
      generation = new Generation(generation.number() + 1, Optional.of(cause));
      index.truncate(indexedEntries);
      for (PackWriter pack : pending) {
        try {
          pack.close();
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

  /**
   * @param failure what ended the generation before; empty for the first
   */
  private record Generation(long number, Optional<StillpointException> failure) {}

  /** What a flush has to make durable. */
  private record Pending(
      long generation, List<PackWriter> packs, List<PackExtent> extents, int from, int to) {}
}
