package dev.stillpoint.repository;

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
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FullDiskTest {

  private static final byte[] OLD = disk(1, 10 * GRID);
  private static final byte[] NEW = disk(2, 20 * GRID);

  private static FaultyBlobStore store() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "old", OLD);
    }
    return blobs;
  }

  private static void full(ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining("memory is full")
        .hasMessageContaining("bytes are free")
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE));
  }

  private static void assertSound(Repository repository, String id, byte[] disk) {
    assertThat(read(repository, id)).isEqualTo(disk);
    assertThat(repository.verify(point(id), new Cancellation()).problems()).isEmpty();
  }

  @Test
  void aBackupThatFindsTheDiskFullAtAnyByteEndsCleanlyAndWorksOnceThereIsRoom() {
    FaultyBlobStore base = store();
    FaultyBlobStore complete = base.afterKill(1);
    try (Repository repository = open(complete)) {
      long before = repository.space().packs().bytes();
      backUp(repository, "new", NEW);
      long needed = repository.space().packs().bytes() - before;
      for (long free = 0; free < needed + 2000; free += 1 + needed / 40) {
        fillUpAt(base.afterKill(free), free);
      }
    }
  }

  private static void fillUpAt(FaultyBlobStore blobs, long free) {
    try (Repository repository = open(blobs)) {
      blobs.limitSpace(free);
      full(() -> backUp(repository, "new", NEW));
      assertSound(repository, "old", OLD);
      assertThat(repository.manifest(point("new"))).isEmpty();
      blobs.limitSpace(Long.MAX_VALUE);
      backUp(repository, "new", NEW);
      assertSound(repository, "new", NEW);
    }
    try (Repository repository = open(blobs.afterPowerLoss(free))) {
      assertSound(repository, "old", OLD);
      assertSound(repository, "new", NEW);
      assertThat(repository.findings()).isEmpty();
    }
  }

  @Test
  void aWriterThatFailedStaysFailedAndSoDoesItsNeighbour() {
    FaultyBlobStore blobs = store();
    try (Repository repository = open(blobs);
        PointWriter failing = repository.startPoint(point("failing"));
        PointWriter neighbour = repository.startPoint(point("neighbour"))) {
      ImageWriter image = failing.startImage("disk", ByteCount.ofBytes(NEW.length));
      ImageWriter other = neighbour.startImage("disk", ByteCount.ofBytes(NEW.length));
      other.write(0, ByteBuffer.wrap(NEW, 0, 10 * GRID));
      blobs.limitSpace(1000);
      full(() -> image.write(0, ByteBuffer.wrap(NEW)));
      blobs.limitSpace(Long.MAX_VALUE);
      full(() -> image.write(0, ByteBuffer.wrap(NEW)));
      full(image::finish);
      // What the neighbour put is in doubt too: it was in the same pack.
      full(() -> other.write(10L * GRID, ByteBuffer.wrap(NEW, 10 * GRID, 10 * GRID)));
      backUp(repository, "later", NEW);
      assertSound(repository, "later", NEW);
    }
    try (Repository repository = open(blobs.afterPowerLoss(1))) {
      assertThat(repository.manifests())
          .extracting(manifest -> manifest.id().value())
          .containsExactlyInAnyOrder("old", "later");
      assertSound(repository, "later", NEW);
    }
  }

  @Test
  void aFullDiskKeepsNobodyFromRestoringAfterACrash() {
    FaultyBlobStore crashed = store();
    Repository dying = open(crashed);
    try (PointWriter writer = dying.startPoint(point("unfinished"))) {
      Samples.writeAll(writer.startImage("disk", ByteCount.ofBytes(NEW.length)), NEW);
    }
    FaultyBlobStore blobs = crashed.afterKill(1);
    blobs.limitSpace(0);
    try (Repository repository = open(blobs)) {
      assertSound(repository, "old", OLD);
      full(() -> backUp(repository, "new", NEW));
      repository.expire(point("old"));
      assertThat(repository.manifests()).isEmpty();
    }
    blobs.limitSpace(Long.MAX_VALUE);
    try (Repository repository = open(blobs)) {
      backUp(repository, "new", NEW);
      assertSound(repository, "new", NEW);
    }
    try (Repository repository = open(blobs.afterPowerLoss(3))) {
      assertSound(repository, "new", NEW);
    }
  }

  @Test
  void aPointThatCannotPublishItsManifestIsNotThere() {
    FaultyBlobStore blobs = store();
    try (Repository repository = open(blobs)) {
      backUp(repository, "same", OLD);
      repository.expire(point("same"));
      // All chunks are known, so that the manifest is the only thing to write.
      blobs.limitSpace(100);
      full(
          () -> {
            try (PointWriter writer = repository.startPoint(point("p"))) {
              Samples.writeAll(writer.startImage("disk", ByteCount.ofBytes(OLD.length)), OLD);
              writer.commit(Map.of(), "");
            }
          });
      assertThat(repository.manifest(point("p"))).isEmpty();
      blobs.limitSpace(Long.MAX_VALUE);
      backUp(repository, "p", OLD);
      assertSound(repository, "p", OLD);
    }
  }
}
