package dev.stillpoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkingRaceTest {

  private static final int MIB = 1 << 20;
  private static final int KIB = 1024;

  @TempDir Path directory;

  @Test
  void everybodySeesEveryByteOnce() throws IOException {
    byte[] image = random(9 * MIB + 4096, 1);
    Arrays.fill(image, MIB, 3 * MIB, (byte) 0);

    for (RaceResult result : race(image)) {
      assertThat(result.dataBytes()).isEqualTo(7 * MIB + 4096);
      assertThat(result.newBytes()).as(result.candidate()).isEqualTo(7 * MIB + 4096);
      assertThat(result.duplicateBytes()).as(result.candidate()).isZero();
      assertThat(result.storedBytes()).as(result.candidate()).isBetween(7L * MIB, 71L * MIB / 10);
      assertThat(result.stuckBytes()).as(result.candidate()).isZero();
    }
  }

  @Test
  void theSameImageAgainIsAllKnownAndItsMapToo() throws IOException {
    byte[] image = random(5 * MIB, 2);

    for (RaceResult again : race(image, image)) {
      assertThat(again.newBytes()).as(again.candidate()).isZero();
      assertThat(again.duplicateBytes()).as(again.candidate()).isEqualTo(5 * MIB);
      assertThat(again.mapBytes()).as(again.candidate()).isZero();
    }
  }

  /** A file that lies elsewhere, on a block but not on the grid. */
  @Test
  void onlyCutsByContentFindWhatMoved() throws IOException {
    byte[] file = random(4 * MIB, 3);
    byte[] image = new byte[10 * MIB];
    System.arraycopy(file, 0, image, 0, file.length);
    System.arraycopy(file, 0, image, 5 * MIB + 12 * KIB, file.length);

    for (RaceResult result : race(image)) {
      boolean byContent =
          result.candidate().startsWith("content") || result.candidate().startsWith("4 KiB");
      assertThat(result.duplicateBytes() > 3 * MIB)
          .as("%s found %d", result.candidate(), result.duplicateBytes())
          .isEqualTo(byContent);
    }
  }

  @Test
  void countsWhatStaysInRecordsWithLiveChunks() throws IOException {
    byte[] before = random(4 * MIB, 4);
    byte[] after = before.clone();
    System.arraycopy(random(64 * KIB, 5), 0, after, 64 * KIB, 64 * KIB);

    for (RaceResult result : race(before, after)) {
      if (result.candidate().equals("fixed 64 KiB, groups of 4")) {
        assertThat(result.stuckBytes()).isBetween(64L * KIB, 65L * KIB);
      } else if (result.candidate().equals("fixed 64 KiB")) {
        assertThat(result.stuckBytes()).isZero();
      }
    }
  }

  @Test
  void blocksCutOnBlocksWithinTheirLengths() {
    byte[] data = random(16 * MIB, 6);
    BlockChunking chunking = new BlockChunking();
    long chunks = 0;
    int at = 0;
    while (data.length - at >= chunking.maxBytes()) {
      int length = chunking.cut(data, at, data.length - at);
      assertThat(length).isBetween(16 * KIB, 256 * KIB);
      assertThat(length % BlockChunking.BLOCK_BYTES).isZero();
      at += length;
      chunks++;
    }
    assertThat((double) at / chunks).isBetween(54.0 * KIB, 72.0 * KIB);
  }

  /** The results of the last image. */
  private List<RaceResult> race(byte[]... images) throws IOException {
    ChunkingRace race = new ChunkingRace(Candidate.all());
    List<RaceResult> results = List.of();
    for (byte[] image : images) {
      results = race.run(Files.write(directory.resolve("image"), image));
    }
    return results;
  }

  private static byte[] random(int length, long seed) {
    byte[] data = new byte[length];
    new Random(seed).nextBytes(data);
    return data;
  }
}
