package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.crypto.ContentCiphers;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Lends codecs, as many as there are threads at work at once. Thread-safe. */
final class CodecPool implements AutoCloseable {

  private final ConcurrentLinkedDeque<RecordCodec> idle = new ConcurrentLinkedDeque<>();
  private final ContentCiphers ciphers;
  private final int level;
  private volatile boolean closed;

  CodecPool(ContentCiphers ciphers, int level) {
    this.ciphers = ciphers;
    this.level = level;
  }

  RecordCodec take() {
    RecordCodec codec = idle.pollFirst();
    return codec == null ? new RecordCodec(ciphers.newCipher(), level) : codec;
  }

  void give(RecordCodec codec) {
    idle.addFirst(codec);
    if (closed) {
      close();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (RecordCodec codec = idle.pollFirst(); codec != null; codec = idle.pollFirst()) {
      codec.close();
    }
  }
}
