package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import java.io.OutputStream;

/**
 * Writes one stream (an ISO image, an export), first byte to last; its length is known at its end.
 * One thread at a time. Equal parts of streams are stored once, wherever they lie in them; parts of
 * zeroes are not stored.
 *
 * <p>No method throws an IOException. All throw {@link dev.stillpoint.model.StillpointException}:
 * CONFLICT after {@link #finish} or {@link #close}, OUT_OF_SPACE, STORAGE_UNAVAILABLE.
 */
public abstract class StreamWriter extends OutputStream {

  StreamWriter() {}

  @Override
  public final void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public final void write(byte[] data) {
    write(data, 0, data.length);
  }

  /** Appends bytes. They may be changed afterwards. */
  @Override
  public abstract void write(byte[] data, int offset, int length);

  /** Does nothing: only the point's commit makes anything durable. */
  @Override
  public final void flush() {}

  /**
   * Compressed bytes that this stream has added to the packs so far, its map included. Content that
   * was stored before, by anybody, adds nothing.
   */
  public abstract ByteCount bytesStored();

  /** Completes the stream; further writes are refused. */
  public abstract void finish();

  /** A stream closed without {@link #finish} keeps its point from being committed. */
  @Override
  public abstract void close();
}
