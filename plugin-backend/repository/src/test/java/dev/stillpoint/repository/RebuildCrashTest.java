package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.open;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.collect;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.light;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.verifyAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.maintenance.MaintenanceListener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law 2: a new index that dies in any call loses nothing, and the next opening goes on with it. */
class RebuildCrashTest {

  private static final byte[] OLD = disk(1, 30 * GRID);
  private static final byte[] KEPT = light(2, 12 * GRID);
  private static final byte[] DEAD = light(3, 12 * GRID);

  private final FaultyBlobStore base = base();

  /** With packs in quarantine: they wait for an image that was read when they were condemned. */
  private static FaultyBlobStore base() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "old", OLD);
      backUp(repository, "dead", DEAD);
      backUp(repository, "kept", KEPT);
      repository.expire(point("dead"));
      try (ImageReader image = repository.openImage(new ImageRef(point("kept"), "disk"))) {
        assertThat(image.size().bytes()).isEqualTo(KEPT.length);
        assertThat(collect(repository).waiting().bytes()).isPositive();
        return blobs.afterKill(1);
      }
    }
  }

  @Test
  void aNewIndexThatDiesInAnyCallLosesNothing() {
    int call = 1;
    while (dieInCall(call)) {
      call++;
    }
    assertThat(call).isGreaterThan(20);
  }

  /** Returns false when the index is done before that call. */
  private boolean dieInCall(int call) {
    FaultyBlobStore blobs = base.afterKill(call);
    Repository repository = open(blobs);
    blobs.dieAtChange(call);
    try {
      repository.maintenance().rebuildIndex(MaintenanceListener.none());
      if (!blobs.isDead()) {
        return false;
      }
    } catch (StillpointException expected) {
      assertThat(blobs.isDead()).isTrue();
    }
    for (FaultyBlobStore left :
        List.of(blobs.afterPowerLoss(call), blobs.afterPowerLoss(-call), blobs.afterKill(call))) {
      recover(dieWhileOpening(left, call), call);
    }
    return true;
  }

  /** The power fails again while the repository is being opened. */
  private static FaultyBlobStore dieWhileOpening(FaultyBlobStore left, int call) {
    left.dieAtChange(1 + call % 5);
    try {
      open(left);
    } catch (StillpointException expected) {
      assertThat(left.isDead()).isTrue();
    }
    return left.afterPowerLoss(call);
  }

  private static void recover(FaultyBlobStore left, int seed) {
    try (Repository repository = open(left)) {
      assertSound(repository);
      long before = packBytes(left);
      backUp(repository, "old-again", OLD);
      assertThat(packBytes(left)).as("all that is needed is known").isEqualTo(before);
      // What waits to be deleted must not be built on.
      backUp(repository, "dead-again", DEAD);
      assertThat(packBytes(left)).isGreaterThan(before);
      collect(repository);
      assertThat(read(repository, "dead-again")).isEqualTo(DEAD);
      assertSound(repository);
    }
    try (Repository repository = open(left.afterPowerLoss(seed))) {
      assertThat(read(repository, "dead-again")).isEqualTo(DEAD);
      assertThat(read(repository, "old-again")).isEqualTo(OLD);
      assertSound(repository);
    }
  }

  private static long packBytes(FaultyBlobStore blobs) {
    return blobs.list("packs").stream().mapToLong(BlobEntry::sizeBytes).sum();
  }

  private static void assertSound(Repository repository) {
    assertThat(repository.findings()).isEmpty();
    assertThat(read(repository, "old")).isEqualTo(OLD);
    assertThat(read(repository, "kept")).isEqualTo(KEPT);
    assertThat(verifyAll(repository).problems()).isEmpty();
  }
}
