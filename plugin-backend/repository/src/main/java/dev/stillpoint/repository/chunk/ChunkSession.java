package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import java.util.function.LongConsumer;

/**
 * Stores chunks for one new restore point. While it is open nothing that it stored or found stored
 * is collected. Thread-safe.
 */
public final class ChunkSession implements AutoCloseable {

  private final PackAppender appender;
  private final CodecPool codecs;
  private final PackLedger.Holder holder;

  ChunkSession(PackAppender appender, CodecPool codecs, PackLedger.Holder holder) {
    this.appender = appender;
    this.codecs = codecs;
    this.holder = holder;
  }

  /** Keeps a map from being collected; to be called while something else still does. */
  public void hold(ChunkId root) {
    holder.holdRoot(root);
  }

  /**
   * Stores content unless it is stored already.
   *
   * @param length 1 to 256 KiB
   * @param stored is told how many bytes this call added to the packs, if any
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE
   */
  public ChunkId put(ChunkKind kind, byte[] content, int offset, int length, LongConsumer stored) {
    try (ChunkGroup group = group(kind, stored)) {
      ChunkId id = group.add(content, offset, length);
      group.store();
      return id;
    }
  }

  /** Starts a group of chunks that are stored together; for one thread. */
  public ChunkGroup group(ChunkKind kind, LongConsumer stored) {
    return new ChunkGroup(kind, codecs, appender, holder, stored);
  }

  /** What was stored may be collected from now on, unless a manifest refers to it. */
  @Override
  public void close() {
    holder.close();
  }
}
