package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.open;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.collect;
import static dev.stillpoint.repository.Samples.light;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.verifyAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Laws 1, 2 and 3: expiries, a backup that reuses what was expired and is written while it is
 * collected, and collections, as one sequence that dies in any call.
 */
class ExpireAndCollectCrashTest {

  private static final byte[] OLD = light(1, 8 * GRID);
  private static final byte[] DEAD = light(2, 10 * GRID);
  private static final byte[] GOING = light(3, 6 * GRID);
  private static final byte[] NEW = built();
  private static final Map<String, byte[]> CONTENTS =
      Map.of("old", OLD, "dead", DEAD, "going", GOING, "new", NEW);

  private final FaultyBlobStore base = base();
  private final Set<Set<String>> left = new HashSet<>();

  /** Of a point that stays, of one that is gone, of one that goes meanwhile, and new. */
  private static byte[] built() {
    byte[] disk = OLD.clone();
    System.arraycopy(DEAD, 0, disk, GRID, 2 * GRID);
    System.arraycopy(GOING, 0, disk, 4 * GRID, 2 * GRID);
    System.arraycopy(light(4, GRID), 0, disk, 7 * GRID, GRID);
    return disk;
  }

  private static FaultyBlobStore base() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "old", OLD);
      backUp(repository, "dead", DEAD);
      backUp(repository, "going", GOING);
    }
    return blobs;
  }

  private static void work(Repository repository) {
    repository.expire(point("dead"));
    try (PointWriter point = repository.startPoint(point("new"))) {
      ImageRef old = new ImageRef(point("old"), "disk");
      ImageWriter image = point.startImage("disk", ByteCount.ofBytes(OLD.length), old);
      image.write(GRID, ByteBuffer.wrap(NEW, GRID, 2 * GRID));
      collect(repository);
      repository.expire(point("going"));
      image.write(4L * GRID, ByteBuffer.wrap(NEW, 4 * GRID, 4 * GRID));
      collect(repository);
      image.finish();
      point.commit(Map.of(), "");
    }
    collect(repository);
    collect(repository);
  }

  @Test
  void aSequenceThatDiesInAnyCallLosesNothing() {
    int call = 1;
    while (dieInCall(call)) {
      call++;
    }
    assertThat(call).isGreaterThan(60);
    assertThat(left)
        .as("died before and after the second expiry and the commit")
        .contains(Set.of("old", "going"), Set.of("old"), Set.of("old", "new"));
  }

  /** Returns false when the work is done before that call. */
  private boolean dieInCall(int call) {
    FaultyBlobStore blobs = base.afterKill(call);
    Repository repository = open(blobs);
    blobs.dieAtChange(call);
    try {
      work(repository);
      if (!blobs.isDead()) {
        return false;
      }
    } catch (StillpointException expected) {
      assertThat(blobs.isDead()).isTrue();
    }
    for (FaultyBlobStore after :
        List.of(blobs.afterPowerLoss(call), blobs.afterPowerLoss(-call), blobs.afterKill(call))) {
      recover(after, call);
    }
    return true;
  }

  private void recover(FaultyBlobStore after, int seed) {
    Set<String> points;
    try (Repository repository = open(after)) {
      points = assertSound(repository);
      left.add(points);
      if (!points.contains("new")) {
        backUp(repository, "new", NEW);
      }
      collect(repository);
      assertSound(repository);
      assertThat(read(repository, "new")).isEqualTo(NEW);
    }
    try (Repository repository = open(after.afterPowerLoss(seed))) {
      assertThat(assertSound(repository)).containsAll(points).contains("new");
      repository.manifests().forEach(manifest -> repository.expire(manifest.id()));
      collect(repository);
      assertThat(repository.space().packs()).isEqualTo(ByteCount.ZERO);
    }
  }

  /** Returns which points there are. */
  private static Set<String> assertSound(Repository repository) {
    assertThat(repository.findings()).isEmpty();
    Set<String> points = new TreeSet<>();
    for (Manifest manifest : repository.manifests()) {
      String id = manifest.id().value();
      points.add(id);
      assertThat(read(repository, id)).isEqualTo(CONTENTS.get(id));
    }
    assertThat(points).contains("old");
    assertThat(verifyAll(repository).problems()).isEmpty();
    return points;
  }
}
