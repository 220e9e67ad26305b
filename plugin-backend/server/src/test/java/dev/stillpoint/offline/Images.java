package dev.stillpoint.offline;

import dev.stillpoint.model.ByteRange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Disk images for tests. */
final class Images {

  private static final int PIECE = 1 << 20;

  static final int GRID = 64 * 1024;

  private Images() {}

  /** An image of noise. */
  static Path noise(Path file, long seed, int sizeBytes) throws IOException {
    Random random = new Random(seed);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int left = sizeBytes; left > 0; left -= PIECE) {
        byte[] content = new byte[Math.min(left, PIECE)];
        random.nextBytes(content);
        out.write(content);
      }
    }
    return file;
  }

  /** A sparse image with noise in some ranges. */
  static Path sparse(Path file, long seed, long sizeBytes, ByteRange... data) throws IOException {
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(sizeBytes);
    }
    for (ByteRange range : data) {
      overwrite(file, seed++, range.start(), (int) range.length());
    }
    return file;
  }

  static void overwrite(Path file, long seed, long start, int length) throws IOException {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    write(file, start, content);
  }

  static void write(Path file, long start, byte[] content) throws IOException {
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.seek(start);
      image.write(content);
    }
  }

  static void resize(Path file, long sizeBytes) throws IOException {
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(sizeBytes);
    }
  }
}
