package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.open;
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
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Laws 1 and 2: what is visible is complete, whatever call the power fails in. */
class CrashTest {

  private static final byte[] OLD = disk(1, 14 * GRID);
  private static final byte[] NEW = disk(2, 12 * GRID + 99);

  private final FaultyBlobStore base = base();

  private static FaultyBlobStore base() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "old", OLD);
      backUp(repository, "older", disk(3, 5 * GRID));
    }
    return blobs;
  }

  @Test
  void aFullBackupThatDiesInAnyCallIsThereInFullOrNotAtAll() {
    dieInEveryCall(
        1,
        repository -> backUp(repository, "new", NEW),
        Map.of("old", OLD, "older", disk(3, 5 * GRID)),
        Map.of("new", NEW));
  }

  @Test
  void anIncrementThatDiesInAnyCallIsThereInFullOrNotAtAll() {
    byte[] changed = OLD.clone();
    System.arraycopy(NEW, 0, changed, 5 * GRID, 2 * GRID);
    Arrays.fill(changed, 10 * GRID, 12 * GRID, (byte) 0);
    dieInEveryCall(
        1,
        repository -> {
          try (PointWriter writer = repository.startPoint(point("new"))) {
            ImageRef ref = new ImageRef(point("old"), "disk");
            ImageWriter image = writer.startImage("disk", ByteCount.ofBytes(OLD.length), ref);
            image.write(5 * GRID, ByteBuffer.wrap(NEW, 0, 2 * GRID));
            image.zero(new ByteRange(10 * GRID, 2 * GRID));
            image.finish();
            writer.commit(Map.of(), "");
          }
        },
        Map.of("old", OLD, "older", disk(3, 5 * GRID)),
        Map.of("new", changed));
  }

  @Test
  void aStreamThatDiesInAnyCallIsThereInFullOrNotAtAll() {
    dieInEveryCall(
        1,
        repository -> {
          try (PointWriter writer = repository.startPoint(point("new"))) {
            StreamWriter stream = writer.startStream("disk");
            stream.write(NEW);
            stream.finish();
            writer.commit(Map.of(), "");
          }
        },
        Map.of("old", OLD, "older", disk(3, 5 * GRID)),
        Map.of("new", NEW));
  }

  @Test
  void anExpiryThatDiesInAnyCallHurtsNoOtherPoint() {
    dieInEveryCall(
        20,
        repository -> repository.expire(point("older")),
        Map.of("old", OLD),
        Map.of("older", disk(3, 5 * GRID)));
  }

  @Test
  void aCommitThatReturnedIsThereAfterAPowerLoss() {
    for (int seed = 0; seed < 20; seed++) {
      FaultyBlobStore blobs = base.afterKill(seed);
      backUp(open(blobs), "new", NEW);
      try (Repository repository = open(blobs.afterPowerLoss(seed))) {
        assertSound(repository, Map.of("old", OLD, "new", NEW));
      }
    }
  }

  @Test
  void aManifestThatAppearsThoughItsCommitFailsIsTakenBack() {
    FaultyBlobStore blobs = base.afterKill(1);
    try (Repository repository = open(blobs)) {
      blobs.failAfterPublishingIn("points");
      assertThatThrownBy(() -> backUp(repository, "new", NEW)).hasMessage("The flush failed");
      assertThat(repository.manifest(point("new"))).isEmpty();
      backUp(repository, "new", NEW);
      assertSound(repository, Map.of("old", OLD, "new", NEW));
    }
  }

  @Test
  void aPointDoesNotRelyOnWhatAnotherWriterHasInFlight() {
    for (int seed = 0; seed < 20; seed++) {
      FaultyBlobStore blobs = base.afterKill(seed);
      Repository repository = open(blobs);
      PointWriter unfinished = repository.startPoint(point("unfinished"));
      ImageWriter image = unfinished.startImage("disk", ByteCount.ofBytes(NEW.length));
      writeAll(image, NEW);
      backUp(repository, "new", NEW);
      try (Repository after = open(blobs.afterPowerLoss(seed))) {
        assertSound(after, Map.of("old", OLD, "new", NEW));
        assertThat(after.manifest(point("unfinished"))).isEmpty();
      }
    }
  }

  /**
   * @param rounds each call dies that many times, at another point in its course
   * @param always what must be there afterwards
   * @param perhaps what may be there, but then in full
   */
  private void dieInEveryCall(
      int rounds,
      Consumer<Repository> work,
      Map<String, byte[]> always,
      Map<String, byte[]> perhaps) {
    Set<Boolean> outcomes = new TreeSet<>();
    for (int round = 0; round < rounds; round++) {
      int call = 1;
      while (dieInCall(call, 1000 * round + call, work, always, perhaps, outcomes)) {
        call++;
      }
      assertThat(call).isGreaterThan(1);
    }
    assertThat(outcomes).as("died on both sides of the commit").containsExactly(false, true);
  }

  /** Returns false when the work is done before that call. */
  private boolean dieInCall(
      int call,
      int seed,
      Consumer<Repository> work,
      Map<String, byte[]> always,
      Map<String, byte[]> perhaps,
      Set<Boolean> outcomes) {
    FaultyBlobStore blobs = base.afterKill(seed);
    Repository repository = open(blobs);
    blobs.dieAtChange(call);
    try {
      work.accept(repository);
      assertThat(blobs.isDead()).isFalse();
      return false;
    } catch (StillpointException expected) {
      assertThat(blobs.isDead()).isTrue();
    }
    for (FaultyBlobStore left :
        List.of(blobs.afterPowerLoss(seed), blobs.afterPowerLoss(-seed), blobs.afterKill(seed))) {
      outcomes.add(recover(left, seed, always, perhaps));
    }
    return true;
  }

  /** Opens, checks, works on, loses the power once more and checks again. */
  private boolean recover(
      FaultyBlobStore left, int seed, Map<String, byte[]> always, Map<String, byte[]> perhaps) {
    FaultyBlobStore blobs = dieWhileOpening(left, seed);
    Map<String, byte[]> expected = new TreeMap<>(always);
    try (Repository repository = open(blobs)) {
      for (Manifest manifest : repository.manifests()) {
        String id = manifest.id().value();
        if (perhaps.containsKey(id)) {
          expected.put(id, perhaps.get(id));
        }
      }
      assertSound(repository, expected);
      assertThat(repository.findings()).isEmpty();
      // What was rescued from the crash is reused now and must be as durable as if just written.
      backUp(repository, "next", NEW);
    }
    Map<String, byte[]> finalPoints = new HashMap<>(expected);
    finalPoints.put("next", NEW);
    try (Repository repository = open(blobs.afterPowerLoss(seed))) {
      assertSound(repository, finalPoints);
    }
    return !expected.keySet().equals(always.keySet());
  }

  /** The power fails again while the repository is being opened. */
  private static FaultyBlobStore dieWhileOpening(FaultyBlobStore left, int seed) {
    left.dieAtChange(1 + seed % 3);
    try {
      open(left);
    } catch (StillpointException expected) {
      assertThat(left.isDead()).isTrue();
    }
    return left.afterPowerLoss(seed);
  }

  private static void assertSound(Repository repository, Map<String, byte[]> points) {
    for (Map.Entry<String, byte[]> point : points.entrySet()) {
      assertThat(read(repository, point.getKey())).isEqualTo(point.getValue());
    }
    for (Manifest manifest : repository.manifests()) {
      assertThat(repository.verify(manifest.id(), new Cancellation()).problems()).isEmpty();
    }
  }
}
