package dev.stillpoint.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetImageTest {

  private static final int PIECE = 64 * 1024;

  @TempDir private Path directory;

  @Test
  void anImageOfAnyLengthIsWrittenInAnyOrder() throws IOException {
    writesAnImage(directory.resolve("image.raw"));
  }

  @Test
  void theSameWhereThereIsOnlyThePageCache() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "there is no file system in memory here");
    Path file = Files.createTempFile(memory, "stillpoint", ".raw");
    try {
      writesAnImage(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void writesAnImage(Path file) throws IOException {
    byte[] content = new byte[3 * PIECE + 1234];
    new Random(1).nextBytes(content);
    Arrays.fill(content, PIECE, 2 * PIECE, (byte) 0);
    try (TargetImage target = TargetImage.open(file, content.length, true, 7)) {
      target.write(3 * PIECE, ByteBuffer.wrap(content, 3 * PIECE, 1234));
      target.write(2 * PIECE, ByteBuffer.wrap(content, 2 * PIECE, PIECE));
      target.write(0, ByteBuffer.wrap(content, 0, 100));
      target.write(100, ByteBuffer.wrap(content, 100, PIECE - 100));
      target.publish(true, true);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  void whatCannotBeWrittenInWholeBlocksGoesThroughTheCache() throws IOException {
    Path file = Files.createFile(directory.resolve("blocks"));
    try (UncachedFile uncached = UncachedFile.open(file)) {
      assumeTrue(
          uncached.takes(0, ByteBuffer.allocate(PIECE)), "this file system knows only its cache");
      assertThat(uncached.takes(512, ByteBuffer.allocate(PIECE))).isFalse();
      assertThat(uncached.takes(0, ByteBuffer.allocate(PIECE + 512))).isFalse();
    }
  }
}
