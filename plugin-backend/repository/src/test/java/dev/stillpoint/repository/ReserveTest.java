package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.PACK_BYTES;
import static dev.stillpoint.repository.MemoryRepository.open;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReserveTest {

  private static final byte[] OLD = disk(1, 10 * GRID);

  /** A piece of ballast that is not wholly needed, as much of change, and rounding. */
  private static final long BEYOND_BYTES = 2 * PACK_BYTES + GRID;

  private static final ByteCount RESERVE = ByteCount.ofBytes(20 * PACK_BYTES);
  private static final ByteCount LARGER = ByteCount.ofBytes(30 * PACK_BYTES);
  private static final ByteCount SMALLER = ByteCount.ofBytes(10 * PACK_BYTES);

  private final FaultyBlobStore blobs = new FaultyBlobStore(1);

  private Repository create() {
    Repository repository = MemoryRepository.create(blobs, RESERVE);
    backUp(repository, "old", OLD);
    return repository;
  }

  private static void refused(ErrorKind kind, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .hasMessageContainingAll(words)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.remedy()).isNotEmpty();
            });
  }

  private void assertClaimed(Repository repository, ByteCount reserve) {
    SpaceReport space = repository.space();
    assertThat(space.reserve()).contains(reserve);
    assertThat(space.used().plus(space.claimed()).bytes())
        .isBetween(reserve.bytes(), reserve.bytes() + PACK_BYTES);
    assertThat(blobs.takenBytes()).isBetween(reserve.bytes(), reserve.bytes() + BEYOND_BYTES);
  }

  @Test
  void aNewRepositoryHasItsReserveAndKeepsItWhenItIsOpenedAgain() {
    try (Repository repository = create()) {
      assertClaimed(repository, RESERVE);
    }
    try (Repository repository = open(blobs)) {
      assertClaimed(repository, RESERVE);
      assertThat(read(repository, "old")).isEqualTo(OLD);
    }
  }

  @Test
  void aRepositoryWithoutAReserveIsLimitedByTheDisk() {
    FaultyBlobStore plain = MemoryRepository.create(1);
    try (Repository repository = open(plain)) {
      plain.limitSpace(50_000);
      SpaceReport space = repository.space();
      assertThat(space.reserve()).isEmpty();
      assertThat(space.claimed()).isEqualTo(ByteCount.ZERO);
      assertThat(space.free().bytes()).isEqualTo(50_000);
      assertThat(space.diskFree().bytes()).isEqualTo(50_000);
    }
  }

  @Test
  void isNotMadeWhereTheDiskHasNotEnoughForTheReserve() {
    blobs.limitSpace(RESERVE.bytes() - 1);
    refused(
        ErrorKind.OUT_OF_SPACE,
        () -> MemoryRepository.create(blobs, RESERVE),
        "A reserve of 2.9 MiB for memory needs",
        "more of the disk, which has 2.9 MiB left");
    assertThat(blobs.takenBytes()).isZero();
    assertThat(blobs.exists(new BlobName(RepositoryFile.NAME))).isFalse();
  }

  @Test
  void growsAndShrinksAtOnce() {
    try (Repository repository = create()) {
      repository.resize(LARGER);
      assertClaimed(repository, LARGER);
      repository.resize(SMALLER);
      assertClaimed(repository, SMALLER);
      repository.resize(SMALLER);
      assertClaimed(repository, SMALLER);
    }
    try (Repository repository = open(blobs.afterPowerLoss(1))) {
      assertThat(repository.space().reserve()).contains(SMALLER);
    }
  }

  @Test
  void givesARepositoryThatHadNoneItsFirstReserve() {
    FaultyBlobStore plain = MemoryRepository.create(1);
    try (Repository repository = open(plain)) {
      backUp(repository, "old", OLD);
      repository.resize(RESERVE);
      assertThat(repository.space().reserve()).contains(RESERVE);
      refused(
          ErrorKind.CONFLICT, () -> repository.resize(ByteCount.ofBytes(9)), "is more than", "9 B");
    }
    assertThat(plain.takenBytes()).isGreaterThanOrEqualTo(RESERVE.bytes());
  }

  @Test
  void doesNotShrinkBelowWhatIsUsed() {
    try (Repository repository = create()) {
      ByteCount used = repository.space().used();
      for (ByteCount size : List.of(ByteCount.ZERO, ByteCount.ofBytes(used.bytes() - 1))) {
        refused(
            ErrorKind.CONFLICT,
            () -> repository.resize(size),
            "The repository memory uses " + used,
            "which is more than a reserve of " + size);
      }
      assertClaimed(repository, RESERVE);
      repository.resize(used);
      assertThat(repository.space().free()).isEqualTo(ByteCount.ZERO);
      refused(
          ErrorKind.OUT_OF_SPACE, () -> backUp(repository, "new", disk(5, GRID * 9)), "is full");
      repository.resize(RESERVE);
      backUp(repository, "new", disk(5, GRID * 9));
    }
  }

  @Test
  void doesNotGrowWhereTheDiskHasNotEnoughLeft() {
    try (Repository repository = create()) {
      blobs.limitSpace(5 * PACK_BYTES);
      refused(
          ErrorKind.OUT_OF_SPACE,
          () -> repository.resize(LARGER),
          "A reserve of 4.3 MiB for memory needs",
          "more of the disk, which has 732 KiB left");
      assertClaimed(repository, RESERVE);
      assertThat(blobs.free().bytes()).isEqualTo(5 * PACK_BYTES);
    }
  }

  @Test
  void aGrowThatOthersOvertakeOnTheDiskChangesNothing() {
    try (Repository repository = create()) {
      blobs.fillUpAfterClaims(4);
      refused(ErrorKind.OUT_OF_SPACE, () -> repository.resize(LARGER), "more of the disk");
      assertClaimed(repository, RESERVE);
    }
  }

  @Test
  void aSizeThatCannotBeWrittenDownIsNotSet() {
    try (Repository repository = create()) {
      for (ByteCount size : List.of(LARGER, SMALLER)) {
        blobs.failAfterPublishing(new BlobName(ReserveFile.NAME));
        assertThatThrownBy(() -> repository.resize(size)).hasMessage("The flush failed");
        assertClaimed(repository, RESERVE);
        try (Repository copy = open(blobs.afterPowerLoss(1))) {
          assertThat(copy.space().reserve()).contains(RESERVE);
        }
      }
    }
  }

  @Test
  void twoResizesAtOnceLeaveOneOfTheTwoSizes() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (Repository repository = create()) {
      for (int round = 0; round < 50; round++) {
        Future<?> one = executor.submit(() -> repository.resize(LARGER));
        Future<?> two = executor.submit(() -> repository.resize(SMALLER));
        one.get();
        two.get();
        ByteCount size = repository.space().reserve().orElseThrow();
        assertThat(size).isIn(LARGER, SMALLER);
        assertClaimed(repository, size);
        try (Repository copy = open(blobs.afterPowerLoss(round))) {
          assertThat(copy.space().reserve()).contains(size);
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void isResizedWhileBackupsRun() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try (Repository repository = create()) {
      ByteCount plenty = ByteCount.ofBytes(100 * PACK_BYTES);
      repository.resize(plenty);
      Future<?> one = executor.submit(() -> backUpMany(repository, "one", 10));
      Future<?> two = executor.submit(() -> backUpMany(repository, "two", 40));
      while (!one.isDone() || !two.isDone()) {
        repository.resize(ByteCount.ofBytes(130 * PACK_BYTES));
        repository.resize(plenty);
      }
      one.get();
      two.get();
      assertClaimed(repository, plenty);
      for (Manifest manifest : repository.manifests()) {
        assertThat(repository.verify(manifest.id(), new Cancellation()).problems()).isEmpty();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void backUpMany(Repository repository, String name, int seed) {
    for (int i = 0; i < 8; i++) {
      backUp(repository, name + i, disk(seed + i, 20 * GRID));
    }
  }

  @Test
  void aBackupThatFillsTheReserveEndsCleanlyAndLosesNothing() {
    byte[] large = disk(9, 120 * GRID);
    try (Repository repository = create()) {
      refused(
          ErrorKind.OUT_OF_SPACE,
          () -> backUp(repository, "large", large),
          "The repository memory is full: it uses",
          "of its reserve of 2.9 MiB");
      assertThat(repository.manifest(point("large"))).isEmpty();
      assertThat(read(repository, "old")).isEqualTo(OLD);
      // What is known already needs only a line in the list, for which a part is kept.
      try (PointWriter writer = repository.startPoint(point("same"))) {
        Samples.writeAll(writer.startImage("disk", ByteCount.ofBytes(OLD.length)), OLD);
        writer.commit(Map.of(), "");
      }
      repository.expire(point("same"));
      repository.resize(ByteCount.ofBytes(80 * PACK_BYTES));
      backUp(repository, "large", large);
      assertThat(read(repository, "large")).isEqualTo(large);
    }
  }

  @Test
  void aProgramThatFillsTheDiskDoesNotStarveABackup() {
    byte[] disk = disk(9, 30 * GRID);
    try (Repository repository = create()) {
      blobs.limitSpace(0);
      backUp(repository, "new", disk);
      assertThat(read(repository, "new")).isEqualTo(disk);
      assertThat(repository.space().diskFree().bytes()).isLessThan(PACK_BYTES);
    }
  }

  @Test
  void aDamagedReserveFileKeepsNobodyOutAndIsNamedUntilItIsSetAgain() {
    create().close();
    blobs.flipBit(new BlobName(ReserveFile.NAME), 30, 1);
    try (Repository repository = open(blobs)) {
      assertThat(repository.findings()).hasSize(1).first().asString().contains("file reserve");
      assertThat(repository.space().reserve()).isEmpty();
      assertThat(read(repository, "old")).isEqualTo(OLD);
      repository.resize(SMALLER);
      assertThat(repository.findings()).isEmpty();
      assertClaimed(repository, SMALLER);
    }
  }
}
