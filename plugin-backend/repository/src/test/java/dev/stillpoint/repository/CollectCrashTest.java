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
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws 1, 2 and 3: a collection that dies in any call loses nothing, and the next one goes on. */
class CollectCrashTest {

  private static final byte[] OLD = disk(1, 20 * GRID);
  private static final byte[] SOME = some();

  private final FaultyBlobStore base = base();

  /** Of the first point a few chunks are needed, so that packs are rewritten. */
  private static byte[] some() {
    byte[] all = light(2, 24 * GRID);
    byte[] some = new byte[all.length];
    for (int chunk = 0; chunk < 24; chunk += 5) {
      System.arraycopy(all, chunk * GRID, some, chunk * GRID, GRID);
    }
    return some;
  }

  private static FaultyBlobStore base() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "old", OLD);
      backUp(repository, "all", light(2, 24 * GRID));
      backUp(repository, "some", SOME);
      backUp(repository, "dead", light(3, 10 * GRID));
      repository.expire(point("dead"));
      repository.expire(point("all"));
    }
    return blobs;
  }

  @Test
  void aCollectionThatDiesInAnyCallLosesNothingAndTheNextGoesOn() {
    FaultyBlobStore clean = base.afterKill(1);
    long cleanBytes;
    try (Repository repository = open(clean)) {
      assertThat(collect(repository).packsRewritten()).isPositive();
      collect(repository);
      cleanBytes = packBytes(clean);
    }
    int call = 1;
    while (dieInCall(call, cleanBytes)) {
      call++;
    }
    assertThat(call).isGreaterThan(30);
  }

  private static long packBytes(FaultyBlobStore blobs) {
    return blobs.list("packs").stream().mapToLong(BlobEntry::sizeBytes).sum();
  }

  /** Returns false when the collection is done before that call. */
  private boolean dieInCall(int call, long cleanBytes) {
    FaultyBlobStore blobs = base.afterKill(call);
    Repository repository = open(blobs);
    blobs.dieAtChange(call);
    try {
      collect(repository);
      if (!blobs.isDead()) {
        return false;
      }
    } catch (StillpointException expected) {
      assertThat(blobs.isDead()).isTrue();
    }
    for (FaultyBlobStore left :
        List.of(blobs.afterPowerLoss(call), blobs.afterPowerLoss(-call), blobs.afterKill(call))) {
      recover(left, call, cleanBytes);
    }
    return true;
  }

  private static void recover(FaultyBlobStore left, int seed, long cleanBytes) {
    try (Repository repository = open(left)) {
      assertThat(repository.findings()).isEmpty();
      assertSound(repository);
      // What waited to be deleted must not be built on.
      backUp(repository, "again", light(3, 10 * GRID));
      collect(repository);
      assertSound(repository);
      assertThat(read(repository, "again")).isEqualTo(light(3, 10 * GRID));
      repository.expire(point("again"));
    }
    FaultyBlobStore blobs = left.afterPowerLoss(seed);
    try (Repository repository = open(blobs)) {
      assertThat(repository.findings()).isEmpty();
      collect(repository);
      collect(repository);
      assertSound(repository);
      assertThat(verifyAll(repository).problems()).isEmpty();
      // Chunks are put together in other records than they were: about the same.
      assertThat(packBytes(blobs)).isLessThan(cleanBytes + cleanBytes / 2);
    }
  }

  private static void assertSound(Repository repository) {
    assertThat(read(repository, "old")).isEqualTo(OLD);
    assertThat(read(repository, "some")).isEqualTo(SOME);
  }
}
