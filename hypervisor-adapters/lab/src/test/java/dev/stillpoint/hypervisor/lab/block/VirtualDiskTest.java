package dev.stillpoint.hypervisor.lab.block;

import static dev.stillpoint.hypervisor.lab.block.VirtualDisk.BLOCK_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualDiskTest {
  private static final int SIZE = 10 * BLOCK_BYTES + 512;

  @TempDir Path dir;

  @Test
  void aNewDiskIsOneHole() throws IOException {
    try (VirtualDisk disk = disk()) {
      assertThat(disk.zeroExtents()).containsExactly(new Extent(0, SIZE, true, true, false));
      assertThat(content(disk)).containsOnly(0);
    }
  }

  @Test
  void readsBackWhatWasWrittenAcrossBlocksAndInTheShortLastBlock() throws IOException {
    try (VirtualDisk disk = disk()) {
      byte[] expected = new byte[SIZE];
      write(disk, expected, BLOCK_BYTES - 100, 2 * BLOCK_BYTES + 200, 1);
      write(disk, expected, SIZE - 300, 300, 2);

      assertThat(content(disk)).isEqualTo(expected);
      assertThat(disk.zeroExtents())
          .containsExactly(
              new Extent(0, 4L * BLOCK_BYTES, false, false, false),
              new Extent(4L * BLOCK_BYTES, 6L * BLOCK_BYTES, true, true, false),
              new Extent(10L * BLOCK_BYTES, 512, false, false, false));
    }
  }

  @Test
  void aBlockThatWasZeroedIsAllocatedButZeroAndDoesNotBringOldContentBack() throws IOException {
    try (VirtualDisk disk = disk()) {
      byte[] expected = new byte[SIZE];
      write(disk, expected, 0, BLOCK_BYTES, 3);
      disk.zero(0, BLOCK_BYTES);
      assertThat(disk.zeroExtents().get(0))
          .isEqualTo(new Extent(0, BLOCK_BYTES, true, false, false));

      byte[] now = new byte[SIZE];
      write(disk, now, 10, 10, 4);
      assertThat(content(disk)).isEqualTo(now);
    }
  }

  @Test
  void aBlockWhoseLastContentIsZeroedPieceByPieceIsKnownToBeZero() throws IOException {
    try (VirtualDisk disk = disk()) {
      disk.write(100, new byte[] {1, 2, 3, 4}, 0, 4);
      disk.write(100, new byte[2], 0, 2);
      assertThat(disk.zeroExtents().get(0).zero()).isFalse();
      disk.zero(102, 2);
      assertThat(disk.zeroExtents().get(0).zero()).isTrue();
    }
  }

  @Test
  void refusesARangeOutsideTheDisk() throws IOException {
    try (VirtualDisk disk = disk()) {
      assertThatThrownBy(() -> disk.write(SIZE - 1, new byte[2], 0, 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("outside the image");
      assertThatThrownBy(() -> disk.read(SIZE, new byte[1], 0, 1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSnapshotKeepsTheOldContentWhileTheGuestWritesOn() throws IOException {
    try (VirtualDisk disk = disk()) {
      byte[] expected = new byte[SIZE];
      write(disk, expected, 0, 3 * BLOCK_BYTES, 5);
      byte[] then = expected.clone();
      String thenSum = Sums.sha256(disk);
      try (DiskSnapshot snapshot = snapshot(disk)) {
        write(disk, expected, BLOCK_BYTES / 2, BLOCK_BYTES, 6);
        disk.zero(2L * BLOCK_BYTES, BLOCK_BYTES);
        Arrays.fill(expected, 2 * BLOCK_BYTES, 3 * BLOCK_BYTES, (byte) 0);
        write(disk, expected, 5 * BLOCK_BYTES, 10, 7);

        assertThat(content(snapshot)).isEqualTo(then);
        assertThat(Sums.sha256(snapshot)).isEqualTo(thenSum);
        assertThat(snapshot.copiedBlocks()).isEqualTo(3);
        assertThat(snapshot.zeroExtents())
            .containsExactly(
                new Extent(0, 3L * BLOCK_BYTES, false, false, false),
                new Extent(3L * BLOCK_BYTES, SIZE - 3L * BLOCK_BYTES, true, true, false));
      }
      assertThat(content(disk)).isEqualTo(expected);
    }
  }

  @Test
  void twoSnapshotsOfDifferentTimesAreKeptApart() throws IOException {
    try (VirtualDisk disk = disk()) {
      byte[] expected = new byte[SIZE];
      write(disk, expected, 0, 100, 8);
      byte[] first = expected.clone();
      try (DiskSnapshot one = snapshot(disk)) {
        write(disk, expected, 0, 100, 9);
        byte[] second = expected.clone();
        try (DiskSnapshot two = snapshot(disk)) {
          write(disk, expected, 0, 100, 10);
          assertThat(content(one)).isEqualTo(first);
          assertThat(content(two)).isEqualTo(second);
        }
      }
      assertThat(filesLeft()).containsExactly("disk.img");
    }
  }

  @Test
  void aSnapshotStaysUntilItsLastHolderGivesItBack() throws IOException {
    try (VirtualDisk disk = disk()) {
      DiskSnapshot snapshot = snapshot(disk);
      DiskSnapshot second = snapshot.hold();
      snapshot.close();
      assertThat(filesLeft()).hasSize(2);
      second.close();
      assertThat(filesLeft()).containsExactly("disk.img");
      assertThatThrownBy(snapshot::hold).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aCheckpointKnowsEveryBlockThatChangedAfterItAndNoOther() throws IOException {
    try (VirtualDisk disk = disk()) {
      disk.write(0, new byte[] {1}, 0, 1);
      try (VirtualDisk.Frozen frozen = disk.freeze()) {
        frozen.track("one");
      }
      disk.write(3L * BLOCK_BYTES - 1, new byte[] {1, 1}, 0, 2);
      try (VirtualDisk.Frozen frozen = disk.freeze()) {
        frozen.track("two");
      }
      disk.zero(7L * BLOCK_BYTES, 10);
      try (VirtualDisk.Frozen frozen = disk.freeze()) {
        assertThat(frozen.changedSince("one")).hasValue(blocks(2, 3, 7));
        assertThat(frozen.changedSince("two")).hasValue(blocks(7));
        assertThat(frozen.changedSince("three")).isEmpty();
        assertThat(disk.dirtyExtents(blocks(2, 3)))
            .startsWith(
                new Extent(0, BLOCK_BYTES, false, false, false),
                new Extent(BLOCK_BYTES, BLOCK_BYTES, true, false, false),
                new Extent(2L * BLOCK_BYTES, 2L * BLOCK_BYTES, false, false, true));
      }
      disk.forget("one");
      try (VirtualDisk.Frozen frozen = disk.freeze()) {
        assertThat(frozen.changedSince("one")).isEmpty();
      }
    }
  }

  @Test
  void aDiskOverABaseImageNeverWritesToTheImage() throws IOException {
    Path image = dir.resolve("base.img");
    byte[] original = new byte[4 * BLOCK_BYTES];
    new Random(11).nextBytes(original);
    Arrays.fill(original, BLOCK_BYTES, 2 * BLOCK_BYTES, (byte) 0);
    Files.write(image, original);
    byte[] expected = original.clone();

    try (VirtualDisk disk =
        VirtualDisk.over(BaseImage.scan(image, blocks(0, 1, 2, 3)), dir.resolve("disk.img"))) {
      assertThat(content(disk)).isEqualTo(original);
      assertThat(disk.zeroExtents()).hasSize(3);
      write(disk, expected, 2 * BLOCK_BYTES + 5, 10, 12);
      assertThat(content(disk)).isEqualTo(expected);
    }
    assertThat(Files.readAllBytes(image)).isEqualTo(original);
  }

  @Test
  void readersOfASnapshotSeeOneContentWhileAnotherThreadOverwritesTheDisk() throws Exception {
    try (VirtualDisk disk = disk()) {
      write(disk, new byte[SIZE], 0, SIZE, 13);
      String then = Sums.sha256(disk);
      try (DiskSnapshot snapshot = snapshot(disk)) {
        Thread guest = new Thread(() -> scribble(disk));
        guest.start();
        for (int i = 0; i < 20; i++) {
          assertThat(Sums.sha256(snapshot)).isEqualTo(then);
        }
        guest.join();
        assertThat(Sums.sha256(disk)).isNotEqualTo(then);
      }
    }
  }

  private static void scribble(VirtualDisk disk) {
    Random random = new Random(14);
    byte[] bytes = new byte[3000];
    try {
      for (int i = 0; i < 500; i++) {
        random.nextBytes(bytes);
        disk.write(random.nextInt(SIZE - bytes.length), bytes, 0, bytes.length);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private VirtualDisk disk() throws IOException {
    return VirtualDisk.empty(dir.resolve("disk.img"), SIZE);
  }

  private static DiskSnapshot snapshot(VirtualDisk disk) throws IOException {
    try (VirtualDisk.Frozen frozen = disk.freeze()) {
      return frozen.snapshot(Optional.empty());
    }
  }

  private static void write(VirtualDisk disk, byte[] expected, int offset, int length, int seed)
      throws IOException {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    disk.write(offset, bytes, 0, length);
    System.arraycopy(bytes, 0, expected, offset, length);
  }

  private static byte[] content(ImageView view) throws IOException {
    byte[] bytes = new byte[(int) view.sizeBytes()];
    view.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  private static BitSet blocks(int... blocks) {
    BitSet set = new BitSet();
    for (int block : blocks) {
      set.set(block);
    }
    return set;
  }

  private List<String> filesLeft() throws IOException {
    try (var files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
