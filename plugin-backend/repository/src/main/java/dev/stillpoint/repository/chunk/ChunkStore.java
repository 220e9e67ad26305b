package dev.stillpoint.repository.chunk;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.ContentCiphers;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.index.ChunkIndex;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/**
 * Stores content once and finds it again by its id. Thread-safe.
 *
 * <p>What was put is readable at once and survives a power loss after {@link #flush}. When an
 * append or a flush fails, everything put since the last flush is in doubt: it is forgotten, the
 * store's {@link #generation} moves on, and whoever relies on content put in an earlier generation
 * must give up. Later callers start with a fresh pack.
 */
public final class ChunkStore implements AutoCloseable {

  private final ChunkIndex index;
  private final PackLedger ledger = new PackLedger();
  private final CodecPool codecs;
  private final PackAppender appender;
  private final RecordReader reader;
  private final PackKeeper keeper;
  private final BlobStore blobs;
  private final List<String> findings;

  private ChunkStore(
      BlobStore blobs,
      ContentCiphers ciphers,
      ChunkSettings settings,
      Executor flusher,
      PackQuarantine quarantine) {
    this.blobs = blobs;
    this.index = ChunkIndex.open(blobs, settings.index());
    this.codecs = new CodecPool(ciphers, settings.level());
    PackRecovery.Found found =
        new PackRecovery(blobs, index, ledger).recover(quarantine, bytes -> {});
    this.findings = found.findings();
    this.appender = new PackAppender(blobs, settings, index, ledger, found, flusher);
    this.reader = new RecordReader(blobs, index, ledger, codecs, appender::markDamaged);
    RecordSweeper sweeper = new RecordSweeper(blobs, index, ledger, codecs, appender::markDamaged);
    this.keeper = new PackKeeper(blobs, index, ledger, appender, reader, sweeper);
  }

  /**
   * Opens the packs and the index in {@code blobs}; the caller keeps and closes the blob store.
   *
   * @param flusher runs tasks that make full packs durable, in any thread; the caller ends it after
   *     this store is closed
   * @param quarantine what earlier collections decided
   */
  public static ChunkStore open(
      BlobStore blobs,
      ContentCiphers ciphers,
      ChunkSettings settings,
      Executor flusher,
      PackQuarantine quarantine) {
    requireNonNull(blobs, "blobs");
    requireNonNull(ciphers, "ciphers");
    requireNonNull(settings, "settings");
    requireNonNull(flusher, "flusher");
    return new ChunkStore(blobs, ciphers, settings, flusher, quarantine);
  }

  /** Starts storing for one new restore point. */
  public ChunkSession startSession() {
    return new ChunkSession(appender, codecs, ledger.hold(List.of()));
  }

  /** Keeps a map from being collected while it is open; to be called while something else does. */
  public MapHold hold(ChunkId root) {
    return ledger.hold(List.of(root))::close;
  }

  /** Ends the hold on a map. */
  public interface MapHold extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Reads content and checks its id. Content found damaged is marked, so that the next put of the
   * same content stores it again.
   *
   * @param length of the content, exactly
   * @return the bytes that were read from the pack
   * @throws StillpointException CORRUPT_DATA naming pack, offset and chunk
   */
  public int get(ChunkId id, byte[] content, int offset, int length) {
    return reader.get(new ChunkRequest(id, length, ByteBuffer.wrap(content, offset, length)));
  }

  /**
   * Reads many chunks, in the order of the packs. Errors as above; what the targets hold then is
   * undefined.
   */
  public void getAll(List<ChunkRequest> requests) {
    reader.getAll(requests);
  }

  /**
   * Makes everything put before this call durable, packs first, then the index.
   *
   * @throws StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE; the generation has moved on
   */
  public void flush() {
    appender.flush();
  }

  /** Grows with every failure that put stored content in doubt. */
  public long generation() {
    return appender.generation();
  }

  /**
   * Checks that nothing was lost since {@link #generation} returned {@code since}.
   *
   * @throws StillpointException of the kind of the failure that happened since
   */
  public void requireGeneration(long since) {
    appender.requireGeneration(since);
  }

  /** Whether the content is stored and not known to be damaged. */
  public boolean knows(ChunkId id) {
    return index.find(id, ledger::exists).filter(place -> !place.damaged()).isPresent();
  }

  /** Whether anything is known to be missing or damaged that was not stored again since. */
  public boolean hasKnownDamage() {
    return reader.missedChunk() || !findings.isEmpty() || index.damaged(ledger::exists) > 0;
  }

  /** For maintenance. */
  public PackKeeper keeper() {
    return keeper;
  }

  /**
   * Builds the index again from the packs alone. Nobody may use this store meanwhile; when it fails
   * the store must be opened again, which goes on with it.
   *
   * @param quarantine what collections decided
   * @param scanned is told how many bytes of packs were read
   * @return what was found damaged or missing
   * @throws StillpointException CONFLICT when somebody is at work, OUT_OF_SPACE
   */
  public List<String> rebuildIndex(PackQuarantine quarantine, LongConsumer scanned) {
    if (!ledger.beginAlone()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The repository " + blobs.location() + " is being written or read",
          "Wait until backups and restores have ended.");
    }
    try {
      appender.flush();
      index.reset();
      PackRecovery.Found found =
          new PackRecovery(blobs, index, ledger).recover(quarantine, scanned);
      appender.saveLater(found.unsaved());
      appender.flush();
      return found.findings();
    } finally {
      ledger.endAlone();
    }
  }

  /** Length of all packs. */
  public long packBytes() {
    return appender.packBytes();
  }

  /** Chunks and nodes that are known, superseded ones included. */
  public long entries() {
    return index.entries();
  }

  /** What was found damaged or missing when the store was opened, a sentence each. */
  public List<String> findings() {
    return findings;
  }

  /** Closes without flushing. */
  @Override
  public void close() {
    appender.close();
    index.close();
    codecs.close();
  }
}
