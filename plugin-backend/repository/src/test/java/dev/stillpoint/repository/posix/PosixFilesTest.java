package dev.stillpoint.repository.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixFilesTest {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void claimsBlocksWithoutChangingTheLength() throws IOException {
    Path file = folder.resolve("büro 1");
    PosixFiles.claim(file, 4L * MEBIBYTE);
    assertThat(Files.size(file)).isZero();
    assertThat(claimedBytes(file)).isGreaterThanOrEqualTo(4L * MEBIBYTE);
  }

  @Test
  void givesTheBlocksBackWhenTheLengthIsSet() throws IOException {
    Path file = folder.resolve("file");
    PosixFiles.claim(file, 4L * MEBIBYTE);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.write(new byte[MEBIBYTE]);
      open.setLength(MEBIBYTE);
    }
    assertThat(claimedBytes(file)).isBetween((long) MEBIBYTE, MEBIBYTE + 65536L);
  }

  @Test
  void refusesToClaimMoreThanTheDiskHas() {
    assertThatThrownBy(() -> PosixFiles.claim(folder.resolve("huge"), 1L << 60))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("huge");
  }

  @Test
  void findsTheDataBetweenHoles() throws IOException {
    Path file = folder.resolve("sparse");
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(10L * MEBIBYTE);
      open.seek(2L * MEBIBYTE);
      open.write(new byte[MEBIBYTE]);
      open.seek(9L * MEBIBYTE);
      open.write(new byte[MEBIBYTE]);
    }
    assertThat(PosixFiles.dataRanges(file))
        .containsExactly(
            ByteRange.between(2L * MEBIBYTE, 3L * MEBIBYTE),
            ByteRange.between(9L * MEBIBYTE, 10L * MEBIBYTE));
  }

  @Test
  void findsNothingInAnEmptyFileAndInAHole() throws IOException {
    Path file = folder.resolve("empty");
    Files.createFile(file);
    assertThat(PosixFiles.dataRanges(file)).isEmpty();
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(MEBIBYTE);
    }
    assertThat(PosixFiles.dataRanges(file)).isEmpty();
  }

  @Test
  void namesTheFileThatIsNotThere() {
    assertThatThrownBy(() -> PosixFiles.dataRanges(folder.resolve("nothing")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing");
  }

  private static long claimedBytes(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).trim());
  }
}
