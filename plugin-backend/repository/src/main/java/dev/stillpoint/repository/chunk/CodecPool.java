package dev.stillpoint.repository.chunk;

import java.util.concurrent.ConcurrentLinkedDeque;

/** Lends codecs, as many as there are threads at work at once. Thread-safe. */
final class CodecPool implements AutoCloseable {

  private final ConcurrentLinkedDeque<ChunkCodec> idle = new ConcurrentLinkedDeque<>();
  private final int level;
  private volatile boolean closed;

  CodecPool(int level) {
    this.level = level;
  }

  ChunkCodec take() {
    ChunkCodec codec = idle.pollFirst();
    return codec == null ? new ChunkCodec(level) : codec;
  }

  void give(ChunkCodec codec) {
    idle.addFirst(codec);
    if (closed) {
      close();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (ChunkCodec codec = idle.pollFirst(); codec != null; codec = idle.pollFirst()) {
      codec.close();
    }
  }
}
