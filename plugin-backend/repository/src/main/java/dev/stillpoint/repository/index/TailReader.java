package dev.stillpoint.repository.index;

import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads a run's tail from its start to its end, a piece at a time, and sums it up. */
final class TailReader {

  private static final int PIECE_BYTES = 1 << 16;

  private final BlobStore blobs;
  private final BlobName name;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).limit(0);
  private long position;
  private long left;

  TailReader(BlobStore blobs, BlobName name, long position, long length) {
    this.blobs = blobs;
    this.name = name;
    this.position = position;
    this.left = length;
  }

  int nextInt() {
    if (piece.remaining() < Integer.BYTES) {
      fill();
    }
    return piece.getInt();
  }

  long nextLong() {
    return ((long) nextInt() << 32) | (nextInt() & 0xffffffffL);
  }

  byte[] nextBytes(int count) {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      if (!piece.hasRemaining()) {
        fill();
      }
      int step = Math.min(count - done, piece.remaining());
      piece.get(bytes, done, step);
      done += step;
    }
    return bytes;
  }

  /** Of everything up to the end of the piece that was read last. */
  int checksum() {
    return (int) crc.getValue();
  }

  private void fill() {
    piece.compact();
    int kept = piece.position();
    piece.limit((int) Math.min(piece.capacity(), kept + left));
    int read = piece.remaining();
    blobs.read(name, position, piece);
    position += read;
    left -= read;
    crc.update(piece.array(), kept, read);
    piece.flip();
  }
}
