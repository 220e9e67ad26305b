package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30.123456Z");

  @TempDir private Path directory;
  private Repository repository;

  @BeforeEach
  void create() {
    repository = Repository.create(directory.resolve("repository"), InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void reopen() {
    repository.close();
    repository = Repository.open(directory.resolve("repository"), InstantSource.fixed(NOW));
  }

  @Test
  void returnsWhatWasWritten() {
    byte[] disk = disk(1, 40 * GRID);
    backUp(repository, "p1", disk);
    assertThat(read(repository, "p1")).isEqualTo(disk);
    reopen();
    assertThat(read(repository, "p1")).isEqualTo(disk);
    assertThat(repository.findings()).isEmpty();
  }

  @Test
  void keepsImagesOfAnySize() {
    for (int size : List.of(0, 1, 511, GRID - 1, GRID, GRID + 1, 300 * GRID + 512)) {
      byte[] disk = disk(size, size);
      Manifest manifest = backUp(repository, "size-" + size, disk);
      assertThat(read(repository, "size-" + size)).isEqualTo(disk);
      assertThat(manifest.images().get(0).size().bytes()).isEqualTo(size);
    }
  }

  @Test
  void readsAtAnyAlignmentIntoAnyBuffer() {
    byte[] disk = disk(2, 20 * GRID + 777);
    backUp(repository, "p1", disk);
    Random random = new Random(3);
    try (ImageReader image = repository.openImage(new ImageRef(point("p1"), "disk"))) {
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(disk.length);
        int length = random.nextInt(Math.min(3 * GRID, disk.length - from) + 1);
        ByteBuffer into =
            random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
        image.read(from, into);
        byte[] bytes = new byte[length];
        into.flip().get(bytes);
        assertThat(bytes).isEqualTo(Arrays.copyOfRange(disk, from, from + length));
      }
    }
  }

  @Test
  void takesAnyBufferAndConsumesIt() {
    byte[] disk = disk(4, 4 * GRID);
    ByteBuffer direct = ByteBuffer.allocateDirect(disk.length);
    direct.put(disk).flip();
    ByteBuffer offset = ByteBuffer.allocate(disk.length + 100).position(100);
    offset.put(disk).flip().position(100);
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      ImageWriter first = writer.startImage("direct", ByteCount.ofBytes(disk.length));
      first.write(0, direct);
      first.finish();
      ImageWriter second = writer.startImage("slice", ByteCount.ofBytes(disk.length));
      second.write(0, offset.slice().asReadOnlyBuffer());
      second.finish();
      writer.commit(Map.of(), "");
    }
    assertThat(direct.hasRemaining()).isFalse();
    assertThat(read(repository, "p1", "direct")).isEqualTo(disk);
    assertThat(read(repository, "p1", "slice")).isEqualTo(disk);
  }

  @Test
  void listsDataAndLeavesHolesOut() {
    byte[] disk = new byte[10 * GRID + 100];
    disk[GRID] = 1;
    disk[3 * GRID - 1] = 1;
    disk[10 * GRID + 99] = 1;
    Manifest manifest = backUp(repository, "p1", disk);
    try (ImageReader image = repository.openImage(new ImageRef(point("p1"), "disk"))) {
      assertThat(image.dataRanges())
          .containsExactly(new ByteRange(GRID, 2 * GRID), new ByteRange(10 * GRID, 100));
      assertThat(image.dataRanges(new ByteRange(GRID + 1, GRID)))
          .as("cut to the part asked for")
          .containsExactly(new ByteRange(GRID + 1, GRID));
      assertThat(image.dataRanges(new ByteRange(GRID - 1, 9 * GRID + 50)))
          .containsExactly(new ByteRange(GRID, 2 * GRID), new ByteRange(10 * GRID, 49));
      assertThat(image.dataRanges(new ByteRange(3 * GRID, 7 * GRID))).isEmpty();
      assertThatThrownBy(() -> image.dataRanges(new ByteRange(10 * GRID, 101)))
          .hasMessageContaining("101 bytes at offset " + 10 * GRID);
    }
    assertThat(manifest.images().get(0).dataBytes().bytes()).isEqualTo(2 * GRID + 100);
  }

  @Test
  void storesNothingForAnEmptyDiskOfManyTebibytes() {
    ByteCount size = ByteCount.ofGibibytes(100 * 1024);
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      ImageWriter image = writer.startImage("disk", size);
      image.zero(new ByteRange(0, size.bytes()));
      image.finish();
      Manifest manifest = writer.commit(Map.of(), "");
      assertThat(manifest.images().get(0).storedBytes()).isEqualTo(ByteCount.ZERO);
      assertThat(manifest.images().get(0).rootHash()).isEqualTo("0".repeat(64));
    }
    try (ImageReader image = repository.openImage(new ImageRef(point("p1"), "disk"))) {
      assertThat(image.dataRanges()).isEmpty();
      assertThat(image.dataRanges(new ByteRange(0, size.bytes()))).isEmpty();
    }
  }

  @Test
  void keepsManifestsWithAnyTextInThem() {
    String odd = "ディスク/../\"\\ \u0000 \uD83D\uDE00 \uD800";
    Manifest written;
    try (PointWriter writer = repository.startPoint(point("VM/1:\uD83D\uDE00"))) {
      ImageWriter image = writer.startImage(odd, ByteCount.ofBytes(5));
      writeAll(image, new byte[] {1, 2, 3, 4, 5});
      written = writer.commit(Map.of("k\n", odd, "a", ""), odd);
    }
    reopen();
    assertThat(repository.manifests()).containsExactly(written);
    assertThat(repository.manifest(point("VM/1:\uD83D\uDE00"))).contains(written);
    assertThat(written.created()).isEqualTo(NOW);
    assertThat(read(repository, "VM/1:\uD83D\uDE00", odd)).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void tellsIdsApartThatDifferInCaseOnly() {
    backUp(repository, "vm", disk(1, 10));
    backUp(repository, "VM", disk(2, 10));
    assertThat(read(repository, "vm")).isEqualTo(disk(1, 10));
    assertThat(read(repository, "VM")).isEqualTo(disk(2, 10));
  }

  @Test
  void sharesEqualContentAcrossImagesAndPoints() {
    byte[] disk = disk(5, 64 * GRID);
    Manifest first = backUp(repository, "p1", disk);
    long packs = repository.space().packs().bytes();
    Manifest second = backUp(repository, "p2", disk);
    assertThat(first.images().get(0).storedBytes().bytes()).isEqualTo(packs);
    assertThat(second.images().get(0).storedBytes()).isEqualTo(ByteCount.ZERO);
    assertThat(second.images().get(0).rootHash()).isEqualTo(first.images().get(0).rootHash());
    reopen();
    Manifest third = backUp(repository, "p3", disk);
    assertThat(third.images().get(0).storedBytes()).isEqualTo(ByteCount.ZERO);
    assertThat(repository.space().packs().bytes()).isEqualTo(packs);
    assertThat(repository.space().points()).isEqualTo(3);
  }

  @Test
  void verifiesASoundPoint() {
    byte[] disk = disk(6, 30 * GRID);
    Manifest manifest = backUp(repository, "p1", disk);
    VerifyReport report = repository.verify(point("p1"), new Cancellation());
    assertThat(report.ok()).isTrue();
    assertThat(report.chunksChecked() * GRID)
        .isEqualTo(manifest.images().get(0).dataBytes().bytes());
    assertThat(report.bytesRead().bytes()).isPositive();
  }
}
