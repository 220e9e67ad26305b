package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.open;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.collect;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.light;
import static dev.stillpoint.repository.Samples.noise;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.verifyAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.maintenance.CollectOptions;
import dev.stillpoint.repository.maintenance.CollectReport;
import dev.stillpoint.repository.maintenance.MaintenanceListener;
import dev.stillpoint.repository.maintenance.OwnerUsage;
import dev.stillpoint.repository.maintenance.Sample;
import dev.stillpoint.repository.maintenance.UsageFigures;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectTest {

  private final FaultyBlobStore blobs = MemoryRepository.create(1);

  private static void store(Repository repository, String id, String vm, byte[] disk) {
    try (PointWriter point = repository.startPoint(point(id))) {
      Samples.writeAll(point.startImage("disk", ByteCount.ofBytes(disk.length)), disk);
      point.commit(Map.of(Manifest.OWNER_LABEL, vm), "");
    }
  }

  private long packBytes() {
    return blobs.list("packs").stream().mapToLong(BlobEntry::sizeBytes).sum();
  }

  @Test
  void givesBackAllSpaceWhenEveryPointIsExpired() {
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk(1, 40 * GRID));
      backUp(repository, "b", disk(2, 30 * GRID));
      repository.expire(point("a"));
      repository.expire(point("b"));
      CollectReport report = collect(repository);
      assertThat(report.packsDeleted()).isPositive();
      assertThat(report.after()).isEqualTo(ByteCount.ZERO);
      assertThat(repository.space().packs()).isEqualTo(ByteCount.ZERO);
      assertThat(blobs.list("packs")).isEmpty();
      assertThat(blobs.list("tmp")).as("lists that were sorted there").isEmpty();
      backUp(repository, "c", disk(1, 40 * GRID));
      assertThat(read(repository, "c")).isEqualTo(disk(1, 40 * GRID));
    }
    try (Repository repository = open(blobs)) {
      assertThat(repository.findings()).as("what was collected is not missed").isEmpty();
      assertThat(read(repository, "c")).isEqualTo(disk(1, 40 * GRID));
    }
  }

  @Test
  void deletesNothingThatIsNeeded() {
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk(1, 40 * GRID));
      backUp(repository, "b", disk(2, 30 * GRID));
      long before = packBytes();
      CollectReport report = collect(repository);
      assertThat(report.packsDeleted()).isZero();
      assertThat(report.packsExamined()).isPositive();
      assertThat(packBytes()).isEqualTo(before);
      assertThat(read(repository, "a")).isEqualTo(disk(1, 40 * GRID));
      assertThat(verifyAll(repository).problems()).isEmpty();
    }
  }

  @Test
  void storesAgainWhatIsNeededOfPacksThatAreMostlyGarbage() {
    byte[] disk = light(1, 40 * GRID);
    byte[] scattered = new byte[disk.length];
    for (int chunk = 0; chunk < 40; chunk += 5) {
      System.arraycopy(disk, chunk * GRID, scattered, chunk * GRID, GRID);
    }
    try (Repository repository = open(blobs)) {
      backUp(repository, "all", disk);
      backUp(repository, "some", scattered);
      repository.expire(point("all"));
      long before = packBytes();
      CollectReport dry =
          repository
              .maintenance()
              .collect(
                  CollectOptions.standard().asDryRun(),
                  new Cancellation(),
                  MaintenanceListener.none());
      assertThat(dry.packsRewritten()).isPositive();
      assertThat(packBytes()).as("a dry run changes nothing").isEqualTo(before);
      CollectReport report = collect(repository);
      assertThat(report.packsRewritten()).isGreaterThanOrEqualTo(dry.packsRewritten());
      assertThat(packBytes()).isLessThan(before / 2).isEqualTo(report.after().bytes());
      assertThat(read(repository, "some")).isEqualTo(scattered);
      assertThat(verifyAll(repository).problems()).isEmpty();
    }
    try (Repository repository = open(blobs.afterPowerLoss(1))) {
      assertThat(repository.findings()).isEmpty();
      assertThat(read(repository, "some")).isEqualTo(scattered);
    }
  }

  @Test
  void keepsWhatAnImageThatIsReadNeedsThoughItsPointIsExpired() {
    byte[] disk = disk(1, 30 * GRID);
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk);
      try (ImageReader image = repository.openImage(new ImageRef(point("a"), "disk"))) {
        repository.expire(point("a"));
        collect(repository);
        ByteBuffer read = ByteBuffer.allocate(disk.length);
        image.read(0, read);
        assertThat(read.array()).isEqualTo(disk);
      }
      collect(repository);
      assertThat(blobs.list("packs")).isEmpty();
    }
  }

  @Test
  void keepsTheBaseOfAPointThatIsBeingWritten() {
    byte[] disk = disk(1, 30 * GRID);
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk);
      try (PointWriter point = repository.startPoint(point("b"))) {
        ImageRef base = new ImageRef(point("a"), "disk");
        ImageWriter image = point.startImage("disk", ByteCount.ofBytes(disk.length), base);
        repository.expire(point("a"));
        collect(repository);
        image.finish();
        point.commit(Map.of(), "");
      }
      collect(repository);
      assertThat(read(repository, "b")).isEqualTo(disk);
    }
  }

  @Test
  void keepsGarbageThatAPointBeingWrittenReuses() {
    byte[] disk = disk(1, 30 * GRID);
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk);
      repository.expire(point("a"));
      try (PointWriter point = repository.startPoint(point("b"))) {
        ImageWriter image = point.startImage("disk", ByteCount.ofBytes(disk.length));
        Samples.writeAll(image, disk);
        assertThat(image.bytesStored()).isEqualTo(ByteCount.ZERO);
        collect(repository);
        point.commit(Map.of(), "");
      }
      collect(repository);
      assertThat(read(repository, "b")).isEqualTo(disk);
      assertThat(verifyAll(repository).problems()).isEmpty();
    }
  }

  @Test
  void leavesPacksForTheNextCollectionWhileSomebodyOlderIsAtWork() {
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk(1, 30 * GRID));
      repository.expire(point("a"));
      CollectReport report;
      try (PointWriter idle = repository.startPoint(point("b"))) {
        report = collect(repository);
        assertThat(idle).isNotNull();
      }
      assertThat(report.packsDeleted()).isZero();
      assertThat(report.waiting()).isEqualTo(report.before());
      assertThat(packBytes()).isPositive();
      assertThat(collect(repository).packsDeleted()).isPositive();
      assertThat(blobs.list("packs")).isEmpty();
    }
  }

  @Test
  void nothingNewIsBuiltOnWhatWaitsToBeDeletedEvenAfterARestart() {
    byte[] disk = disk(1, 30 * GRID);
    try (Repository repository = open(blobs);
        PointWriter idle = repository.startPoint(point("idle"))) {
      backUp(repository, "a", disk);
      repository.expire(point("a"));
      collect(repository);
      assertThat(idle).isNotNull();
    }
    try (Repository repository = open(blobs)) {
      assertThat(backUp(repository, "b", disk).images().get(0).storedBytes().bytes()).isPositive();
      assertThat(collect(repository).packsDeleted()).isPositive();
      assertThat(read(repository, "b")).isEqualTo(disk);
    }
  }

  @Test
  void stopsWhereAManifestCannotBeRead() {
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk(1, 20 * GRID));
      backUp(repository, "b", disk(2, 20 * GRID));
      repository.expire(point("b"));
      BlobName manifest = blobs.list("points").get(0).name();
      blobs.flipBit(manifest, 200, 1);
      assertStops(repository, manifest.value());
    }
  }

  @Test
  void stopsWhereADiskMapCannotBeRead() {
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", noise(1, GRID));
      backUp(repository, "b", noise(2, 20 * GRID));
      repository.expire(point("b"));
      // The map's nodes were written behind the one chunk.
      blobs.flipBit(blobs.list("packs").get(0).name(), GRID + 100, 1);
      assertStops(repository, "disk map");
    }
  }

  private void assertStops(Repository repository, String named) {
    long before = packBytes();
    assertThatThrownBy(() -> collect(repository))
        .hasMessageContaining(named)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT_DATA));
    assertThat(packBytes()).isEqualTo(before);
  }

  @Test
  void refusesASecondCollection() {
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk(1, 20 * GRID));
      repository
          .maintenance()
          .collect(
              CollectOptions.standard(),
              new Cancellation(),
              (step, done, total) ->
                  assertThatThrownBy(() -> collect(repository))
                      .hasMessageContaining("collected already"));
    }
  }

  @Test
  void tellsWhatIsUniqueAndWhatIsSharedOfEachOwner() {
    byte[] common = noise(1, 20 * GRID);
    byte[] own = common.clone();
    System.arraycopy(noise(2, 5 * GRID), 0, own, 0, 5 * GRID);
    try (Repository repository = open(blobs)) {
      store(repository, "a1", "vm-a", common);
      store(repository, "a2", "vm-a", common);
      store(repository, "b1", "vm-b", own);
      Map<String, OwnerUsage> estimate = repository.maintenance().usageByOwner().owners();
      assertThat(estimate.get("vm-a").unique().bytes()).isGreaterThan(20L * GRID);
      collect(repository);
      UsageFigures figures = repository.maintenance().usageByOwner();
      assertThat(figures.asOf()).contains(MemoryRepository.CLOCK.instant());
      assertThat(figures.reclaimable()).isEqualTo(ByteCount.ZERO);
      OwnerUsage a = figures.owners().get("vm-a");
      OwnerUsage b = figures.owners().get("vm-b");
      assertThat(a.shared()).isEqualTo(b.shared());
      assertThat(a.shared().bytes()).isBetween(14L * GRID, 18L * GRID);
      assertThat(a.unique().bytes()).isBetween(4L * GRID, 7L * GRID);
      assertThat(b.unique().bytes()).isBetween(4L * GRID, 7L * GRID);
      assertThat(a.unique().bytes() + a.shared().bytes() + b.unique().bytes())
          .isBetween(packBytes() - 3, packBytes() + 3);
      assertThat(repository.space().reclaimable()).contains(ByteCount.ZERO);
    }
  }

  @Test
  void damageCostsNothingThatWasNotDamaged() {
    byte[] disk = noise(1, 30 * GRID);
    byte[] some = noise(2, 30 * GRID);
    System.arraycopy(disk, 0, some, 0, 4 * GRID);
    try (Repository repository = open(blobs)) {
      backUp(repository, "all", disk);
      backUp(repository, "some", some);
      repository.expire(point("all"));
      blobs.flipBit(blobs.list("packs").get(0).name(), 70_000, 1);
      collect(repository);
      collect(repository);
      VerifySummary summary = verifyAll(repository);
      assertThat(summary.problems())
          .hasSizeBetween(1, 4)
          .allSatisfy(problem -> assertThat(problem).contains("Restore point some image 'disk'"));
      backUp(repository, "healer", some);
      assertThat(verifyAll(repository).problems()).isEmpty();
      assertThat(read(repository, "some")).isEqualTo(some);
      collect(repository);
      assertThat(read(repository, "some")).isEqualTo(some);
    }
  }

  @Test
  void verifiesASampleThatIsAnotherEachTime() {
    byte[] disk = noise(1, 200 * GRID);
    try (Repository repository = open(blobs)) {
      backUp(repository, "a", disk);
      blobs.flipBit(blobs.list("packs").get(3).name(), 40_000, 1);
      int found = 0;
      for (int salt = 0; salt < 40; salt++) {
        VerifySummary summary =
            repository
                .maintenance()
                .verifyAll(new Sample(10, salt), new Cancellation(), MaintenanceListener.none());
        assertThat(summary.chunksChecked()).isBetween(2L, 50L);
        found += summary.ok() ? 0 : 1;
      }
      assertThat(found).isBetween(1, 39);
    }
  }

  @Test
  void buildsTheIndexAgainAfterACollection() {
    byte[] disk = light(1, 30 * GRID);
    byte[] some = new byte[disk.length];
    System.arraycopy(disk, 0, some, 0, 5 * GRID);
    try (Repository repository = open(blobs)) {
      backUp(repository, "all", disk);
      backUp(repository, "some", some);
      repository.expire(point("all"));
      collect(repository);
      assertThat(
              repository
                  .maintenance()
                  .rebuildIndex(
                      (step, done, total) ->
                          assertThatThrownBy(() -> repository.startPoint(point("again")))
                              .hasMessageContaining("built again")))
          .isEmpty();
      assertThat(read(repository, "some")).isEqualTo(some);
      assertThat(backUp(repository, "again", some).images().get(0).storedBytes())
          .isEqualTo(ByteCount.ZERO);
      assertThat(verifyAll(repository).problems()).isEmpty();
      try (PointWriter point = repository.startPoint(point("busy"))) {
        assertThatThrownBy(() -> repository.maintenance().rebuildIndex(MaintenanceListener.none()))
            .hasMessageContaining("being written or read");
        assertThat(point).isNotNull();
      }
    }
    try (Repository repository = open(blobs.afterPowerLoss(1))) {
      assertThat(repository.findings()).isEmpty();
      assertThat(verifyAll(repository).problems()).isEmpty();
    }
  }

  @Test
  void collectsOnADiskThatIsNearlyFull() {
    byte[] disk = light(1, 40 * GRID);
    byte[] some = new byte[disk.length];
    for (int chunk = 0; chunk < 40; chunk += 5) {
      System.arraycopy(disk, chunk * GRID, some, chunk * GRID, GRID);
    }
    for (long free = 20_000; free < 300_000; free += 30_000) {
      FaultyBlobStore full = MemoryRepository.create(1);
      try (Repository repository = open(full)) {
        backUp(repository, "dead", light(7, 60 * GRID));
        backUp(repository, "all", disk);
        backUp(repository, "some", some);
        repository.expire(point("all"));
        repository.expire(point("dead"));
        full.limitSpace(free);
        CollectReport report = collect(repository);
        assertThat(report.packsDeleted()).isGreaterThan(3);
        assertThat(report.packsRewritten()).as("with what came free").isPositive();
        full.limitSpace(Long.MAX_VALUE);
        assertThat(read(repository, "some")).isEqualTo(some);
        assertThat(verifyAll(repository).problems()).isEmpty();
      }
    }
  }
}
