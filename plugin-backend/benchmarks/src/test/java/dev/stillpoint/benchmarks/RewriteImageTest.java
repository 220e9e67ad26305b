package dev.stillpoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewriteImageTest {

  private static final int EXTENT = RewriteImage.EXTENT_BYTES;
  private static final int EXTENTS = 400;

  @TempDir Path directory;
  private Path image;
  private byte[] before;

  @BeforeEach
  void makeAnImageWhoseSecondHalfIsEmpty() throws IOException {
    before = new byte[EXTENTS * EXTENT];
    byte[] data = new byte[before.length / 2];
    new Random(1).nextBytes(data);
    System.arraycopy(data, 0, before, 0, data.length);
    image = Files.write(directory.resolve("image"), before);
  }

  @Test
  void rewritesThatShareOfTheDataAndNothingElse() throws IOException {
    List<Long> places = new RewriteImage(1).rewrite(image, 5, EXTENT);

    assertThat(places).hasSize(10).isSorted().allMatch(place -> place % EXTENT == 0);
    assertThat(places).allMatch(place -> place < before.length / 2);
    byte[] after = Files.readAllBytes(image);
    for (int extent = 0; extent < EXTENTS; extent++) {
      int start = extent * EXTENT;
      boolean equal = Arrays.equals(before, start, start + EXTENT, after, start, start + EXTENT);
      assertThat(equal).isEqualTo(!places.contains((long) start));
    }
  }

  @Test
  void isTheSameForTheSameSeed() throws IOException {
    List<Long> places = new RewriteImage(7).rewrite(image, 5, EXTENT);
    byte[] first = Files.readAllBytes(image);
    Files.write(image, before);

    assertThat(new RewriteImage(7).rewrite(image, 5, EXTENT)).isEqualTo(places);
    assertThat(Files.readAllBytes(image)).isEqualTo(first);
  }

  @Test
  void placesOnBlocksDoNotOverlap() throws IOException {
    List<Long> places = new RewriteImage(2).rewrite(image, 20, 4096);

    assertThat(places).allMatch(place -> place % 4096 == 0).anyMatch(place -> place % EXTENT != 0);
    for (int i = 1; i < places.size(); i++) {
      assertThat(places.get(i)).isGreaterThanOrEqualTo(places.get(i - 1) + EXTENT);
    }
  }

  @Test
  void itsListIsJsonAndHalfOfWhatItWritesDoesNotCompress() throws IOException {
    Path list = directory.resolve("list");
    List<Long> places = new RewriteImage(3).rewrite(image, 10, EXTENT);
    Files.writeString(list, RewriteImage.json(places));

    JsonNode json = new ObjectMapper().readTree(list.toFile());
    assertThat(json).hasSize(20);
    assertThat(json.get(0).get("start").asLong()).isEqualTo(places.get(0));
    assertThat(json.get(0).get("length").asInt()).isEqualTo(EXTENT);
    assertThat(ChangedBytes.compressed(image, list)).isBetween(11L * EXTENT, 17L * EXTENT);
  }
}
