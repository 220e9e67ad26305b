package dev.stillpoint.repository.index;

import dev.stillpoint.repository.blob.BlobAppender;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a run's tail, a piece at a time, and sums it up. */
final class TailWriter {

  private static final int PIECE_BYTES = 1 << 16;

  private final BlobAppender appender;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

  TailWriter(BlobAppender appender) {
    this.appender = appender;
  }

  void putInt(int value) {
    require(Integer.BYTES);
    piece.putInt(value);
  }

  void putLong(long value) {
    require(Long.BYTES);
    piece.putLong(value);
  }

  void putByte(byte value) {
    require(1);
    piece.put(value);
  }

  /** Writes what is left and tells the checksum of all. */
  int finish() {
    flush();
    return (int) crc.getValue();
  }

  private void require(int bytes) {
    if (piece.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    crc.update(piece.array(), 0, piece.position());
    appender.append(piece.array(), 0, piece.position());
    piece.clear();
  }
}
