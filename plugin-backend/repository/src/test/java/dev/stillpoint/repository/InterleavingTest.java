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
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.maintenance.CollectReport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Law 3: a collection beside backups, restores and expiries, in hundreds of orders of all calls.
 */
class InterleavingTest {

  private static final int SEEDS = Integer.getInteger("stillpoint.interleavings", 200);

  /** Content of points that are gone or going: what new points may find stored already. */
  private static final byte[] GONE = light(1, 6 * GRID);

  private static final byte[] GOING = light(2, 6 * GRID);
  private static final byte[] BASE = light(3, 6 * GRID);
  private static final byte[] INCREMENT = increment();
  private static final byte[] FULL = full();

  private final FaultyBlobStore start = start();
  private final Set<String> seen = new TreeSet<>();

  private static byte[] increment() {
    byte[] disk = BASE.clone();
    System.arraycopy(GONE, 0, disk, 2 * GRID, 2 * GRID);
    return disk;
  }

  private static byte[] full() {
    byte[] disk = light(4, 6 * GRID);
    System.arraycopy(GONE, 3 * GRID, disk, 0, 2 * GRID);
    System.arraycopy(GOING, GRID, disk, 3 * GRID, 2 * GRID);
    return disk;
  }

  private static FaultyBlobStore start() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "gone", GONE);
      backUp(repository, "going", GOING);
      backUp(repository, "base", BASE);
      repository.expire(point("gone"));
    }
    return blobs;
  }

  @Test
  void noOrderOfCallsLosesAnything() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      FaultyBlobStore blobs = start.afterKill(seed);
      Turns turns = new Turns(seed);
      try (Repository repository =
          open(new SwitchingBlobStore(blobs, turns), RepositoryKey.none())) {
        turns.add("backup", () -> backUpOnBase(repository));
        turns.add("collect", () -> collectTwice(repository));
        turns.add("expire", () -> expire(repository));
        turns.add("full", () -> backUp(repository, "full", FULL));
        turns.add("restore", () -> restore(repository));
        assertThat(turns.run()).as("seed " + seed).isEmpty();
        assertSound(repository, "seed " + seed);
      }
      try (Repository repository = open(blobs.afterPowerLoss(seed))) {
        assertThat(repository.findings()).as("seed " + seed).isEmpty();
        assertSound(repository, "seed " + seed);
        assertCollectsAll(repository);
      }
    }
    assertThat(seen)
        .as("what happened at all")
        .contains(
            "built on the base",
            "base was gone",
            "restored",
            "point was gone",
            "deleted",
            "rewritten");
  }

  private boolean backUpOnBase(Repository repository) {
    try (PointWriter point = repository.startPoint(point("increment"))) {
      ImageRef base = new ImageRef(point("base"), "disk");
      ImageWriter image = point.startImage("disk", ByteCount.ofBytes(BASE.length), base);
      image.write(2L * GRID, ByteBuffer.wrap(INCREMENT, 2 * GRID, GRID));
      image.write(3L * GRID, ByteBuffer.wrap(INCREMENT, 3 * GRID, GRID));
      image.finish();
      point.commit(Map.of(), "");
      see("built on the base");
    } catch (StillpointException e) {
      requireNotFound(e);
      see("base was gone");
    }
    return true;
  }

  private boolean collectTwice(Repository repository) {
    for (int i = 0; i < 2; i++) {
      CollectReport report = collect(repository);
      see(report.packsDeleted() > 0 ? "deleted" : "waited");
      see(report.packsRewritten() > 0 ? "rewritten" : "not rewritten");
    }
    return true;
  }

  private static boolean expire(Repository repository) {
    repository.expire(point("going"));
    repository.expire(point("base"));
    return true;
  }

  private boolean restore(Repository repository) {
    try (ImageReader image = repository.openImage(new ImageRef(point("going"), "disk"))) {
      byte[] disk = new byte[GOING.length];
      for (int at = 0; at < disk.length; at += 2 * GRID) {
        image.read(at, ByteBuffer.wrap(disk, at, 2 * GRID));
      }
      assertThat(disk).isEqualTo(GOING);
      see("restored");
    } catch (StillpointException e) {
      requireNotFound(e);
      see("point was gone");
    }
    return true;
  }

  private static void requireNotFound(StillpointException e) {
    if (e.kind() != ErrorKind.NOT_FOUND) {
      throw e;
    }
  }

  private synchronized void see(String what) {
    seen.add(what);
  }

  private static void assertSound(Repository repository, String seed) {
    Map<String, byte[]> contents = Map.of("increment", INCREMENT, "full", FULL);
    List<Manifest> manifests = repository.manifests();
    assertThat(manifests).as(seed).isNotEmpty();
    for (Manifest manifest : manifests) {
      String id = manifest.id().value();
      assertThat(read(repository, id)).as(seed).isEqualTo(contents.get(id));
    }
    assertThat(verifyAll(repository).problems()).as(seed).isEmpty();
  }

  private static void assertCollectsAll(Repository repository) {
    collect(repository);
    assertThat(verifyAll(repository).problems()).isEmpty();
    repository.manifests().forEach(manifest -> repository.expire(manifest.id()));
    collect(repository);
    assertThat(repository.space().packs()).isEqualTo(ByteCount.ZERO);
  }
}
