package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Gathers chunks that are not stored yet and stores up to 256 KiB of them as one record: they
 * compress better together. One thread at a time.
 */
public final class ChunkGroup implements AutoCloseable {

  private final ChunkKind kind;
  private final CodecPool codecs;
  private final PackAppender appender;
  private final PackLedger.Holder holder;
  private final LongConsumer stored;
  private final RecordCodec codec;
  private final List<PackRecord.Part> parts = new ArrayList<>(4);
  private byte[] source = new byte[0];
  private int start;
  private int length;

  ChunkGroup(
      ChunkKind kind,
      CodecPool codecs,
      PackAppender appender,
      PackLedger.Holder holder,
      LongConsumer stored) {
    this.kind = kind;
    this.codecs = codecs;
    this.appender = appender;
    this.holder = holder;
    this.stored = stored;
    this.codec = codecs.take();
  }

  /**
   * Adds a chunk unless it is stored already. The array must not change before {@link #store}.
   *
   * @param bytes 1 to 256 KiB
   * @return its id, which counts after {@link #store}
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE
   */
  public ChunkId add(byte[] data, int offset, int bytes) {
    ChunkId id = codec.id(data, offset, bytes);
    if (isGathered(id) || appender.reuse(id, holder)) {
      return id;
    }
    if (length + bytes > appender.groupBytes() || parts.size() == PackRecord.MAX_CHUNKS) {
      store();
    }
    gather(data, offset, bytes);
    parts.add(new PackRecord.Part(id, bytes));
    return id;
  }

  private boolean isGathered(ChunkId id) {
    return parts.stream().anyMatch(part -> part.id().equals(id));
  }

  /** Neighbours stay where they are; anything else is copied together. */
  private void gather(byte[] data, int offset, int bytes) {
    if (parts.isEmpty()) {
      source = data;
      start = offset;
    } else if (source != data || start + length != offset) {
      byte[] together = codec.content();
      if (source != together) {
        System.arraycopy(source, start, together, 0, length);
        source = together;
        start = 0;
      }
      System.arraycopy(data, offset, together, length, bytes);
    }
    length += bytes;
  }

  /** Stores what was gathered. */
  public void store() {
    if (!parts.isEmpty()) {
      int recordBytes = codec.encode(kind, parts, source, start, length);
      stored.accept(appender.append(codec.record(), recordBytes, List.copyOf(parts), holder));
      parts.clear();
      length = 0;
    }
  }

  /** Forgets what was not stored. */
  @Override
  public void close() {
    codecs.give(codec);
  }
}
