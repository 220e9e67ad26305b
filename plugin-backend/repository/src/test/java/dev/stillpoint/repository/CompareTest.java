package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {

  @TempDir private Path directory;
  private Repository repository;

  @BeforeEach
  void create() {
    repository = Repository.create(directory, InstantSource.system());
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private List<ByteRange> compare(byte[] first, byte[] second) {
    backUp(repository, "p1", first);
    backUp(repository, "p2", second);
    List<ByteRange> there = repository.compare(image("p1"), image("p2"));
    assertThat(repository.compare(image("p2"), image("p1"))).isEqualTo(there);
    return there;
  }

  private static ImageRef image(String point) {
    return new ImageRef(point(point), "disk");
  }

  @Test
  void findsNothingInEqualImages() {
    byte[] disk = disk(1, 30 * GRID + 7);
    assertThat(compare(disk, disk)).isEmpty();
  }

  @Test
  void findsTheChunksThatDifferMergedAndCutAtTheEnd() {
    byte[] disk = disk(1, 30 * GRID + 7);
    byte[] changed = disk.clone();
    for (int chunk : new int[] {4, 5, 9, 30}) {
      changed[chunk * GRID + 1] ^= 1;
    }
    assertThat(compare(disk, changed))
        .containsExactly(
            new ByteRange(4 * GRID, 2 * GRID),
            new ByteRange(9 * GRID, GRID),
            new ByteRange(30 * GRID, 7));
  }

  @Test
  void countsWhatOnlyTheLongerImageHasAsDifferentEvenZeroes() {
    byte[] disk = disk(1, 3 * GRID);
    assertThat(compare(disk, Arrays.copyOf(disk, 5 * GRID + 9)))
        .containsExactly(new ByteRange(3 * GRID, 2 * GRID + 9));
  }

  @Test
  void comparesByTheByteWhereAnImageEndsOffTheGrid() {
    byte[] disk = disk(1, 2 * GRID + 10);
    Arrays.fill(disk, (byte) 1);
    assertThat(compare(disk, Arrays.copyOf(disk, 2 * GRID + 100)))
        .containsExactly(new ByteRange(2 * GRID + 10, 90));
  }

  @Test
  void saysWhichImageIsNotThere() {
    backUp(repository, "p1", new byte[GRID]);
    assertThatThrownBy(() -> repository.compare(image("p1"), image("p9")))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
        .hasMessageContaining("p9");
  }
}
