package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.open;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.collect;
import static dev.stillpoint.repository.Samples.light;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Laws 1, 2 and 3: a collector beside one other, in all orders of their steps that switch three
 * times: each is stopped after each of its steps, the other then after each of its own, the first
 * goes on to its end. Where both are stopped the power fails as well, in a copy. A collector's
 * steps are its calls of the store, the other's are the calls of the repository.
 */
class TwoActorsTest {

  /** Each n-th order is tried; with 1 all of them, which takes minutes. */
  private static final int EVERY = Integer.getInteger("stillpoint.everyOrder", 12);

  private static final byte[] GONE = light(1, 3 * GRID);
  private static final byte[] BASE = light(2, 3 * GRID);
  private static final byte[] KEPT = light(3, 2 * GRID);
  private static final byte[] INCREMENT = increment();
  private static final Map<String, byte[]> CONTENTS =
      Map.of("base", BASE, "kept", KEPT, "increment", INCREMENT);

  private static final int BOTH = 2;
  private static final String COLLECT = "collect";

  private final FaultyBlobStore start = start();
  private final Set<String> seen = new TreeSet<>();
  private int orders;
  private int tried;

  /** Of the base, of what is gone, and new. */
  private static byte[] increment() {
    byte[] disk = BASE.clone();
    System.arraycopy(GONE, GRID, disk, GRID, GRID);
    System.arraycopy(light(4, GRID), 0, disk, 2 * GRID, GRID);
    return disk;
  }

  private static FaultyBlobStore start() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository repository = open(blobs)) {
      backUp(repository, "gone", GONE);
      backUp(repository, "base", BASE);
      backUp(repository, "kept", KEPT);
      repository.expire(point("gone"));
    }
    return blobs;
  }

  /** Another that works beside a collector. */
  private interface Actor {
    boolean work(Repository repository, Turns turns);
  }

  /** Stops the first after some steps, then the other after some; then there is no more to stop. */
  private static final class Switches implements Turns.Choice {

    private final String first;
    private final int[] steps;
    private final Runnable bothStopped;
    private int leg;

    Switches(String first, int steps, int others, Runnable bothStopped) {
      this.first = first;
      this.steps = new int[] {steps, others};
      this.bothStopped = bothStopped;
    }

    @Override
    public boolean goesOn() {
      if (leg == steps.length) {
        return true;
      }
      steps[leg]--;
      if (steps[leg] > 0) {
        return true;
      }
      leg++;
      if (leg == steps.length) {
        bothStopped.run();
      }
      return false;
    }

    @Override
    public Thread next(List<Thread> paused, Thread before) {
      return paused.stream()
          .filter(thread -> before == null ? thread.getName().equals(first) : thread != before)
          .findFirst()
          .orElse(paused.get(0));
    }

    /** How many of the two were stopped. */
    int stopped() {
      return leg;
    }
  }

  @Test
  void noOrderOfABackupsStepsAndACollectorsLosesAnything() throws Exception {
    tryAllOrders(this::backUpOnBase);
    assertThat(tried).isGreaterThan(300 / EVERY);
    assertThat(seen).contains("built on the base", "base was gone");
  }

  @Test
  void noOrderOfARestoresStepsAndACollectorsLosesAnything() throws Exception {
    tryAllOrders(TwoActorsTest::restore);
    assertThat(tried).isGreaterThan(200 / EVERY);
  }

  private void tryAllOrders(Actor other) throws Exception {
    for (String first : List.of(COLLECT, "other")) {
      int steps = 1;
      while (tryAllOrders(other, first, steps)) {
        steps++;
      }
    }
  }

  /** Returns false when the first has no more steps. */
  private boolean tryAllOrders(Actor other, String first, int steps) throws Exception {
    int others = 0;
    int stopped = BOTH;
    while (stopped == BOTH) {
      others++;
      orders++;
      stopped = orders % EVERY == 0 ? tryOrder(other, first, steps, others) : BOTH;
    }
    return stopped > 0;
  }

  /** Returns how many of the two had as many steps. */
  private int tryOrder(Actor other, String first, int steps, int others) throws Exception {
    String order = first + " " + steps + ", then " + others;
    FaultyBlobStore blobs = start.afterKill(1);
    List<FaultyBlobStore> copies = new ArrayList<>();
    int seed = 1000 * steps + others;
    Switches switches =
        new Switches(first, steps, others, () -> copies.add(blobs.afterPowerLoss(seed)));
    Turns turns = new Turns(switches);
    try (Repository repository = open(new SwitchingBlobStore(blobs, turns), RepositoryKey.none())) {
      turns.add(COLLECT, () -> expireAndCollect(repository));
      turns.addCoarse("other", () -> other.work(repository, turns));
      assertThat(turns.run()).as(order).isEmpty();
    }
    copies.add(blobs.afterPowerLoss(seed));
    copies.forEach(copy -> assertGoesOn(copy, order));
    tried++;
    return switches.stopped();
  }

  private static boolean expireAndCollect(Repository repository) {
    repository.expire(point("base"));
    collect(repository);
    collect(repository);
    return true;
  }

  private boolean backUpOnBase(Repository repository, Turns turns) {
    turns.point();
    try (PointWriter point = repository.startPoint(point("increment"))) {
      turns.point();
      ImageRef base = new ImageRef(point("base"), "disk");
      ImageWriter image = point.startImage("disk", ByteCount.ofBytes(BASE.length), base);
      turns.point();
      image.write(GRID, ByteBuffer.wrap(INCREMENT, GRID, GRID));
      turns.point();
      image.write(2L * GRID, ByteBuffer.wrap(INCREMENT, 2 * GRID, GRID));
      turns.point();
      image.finish();
      turns.point();
      point.commit(Map.of(), "");
      turns.point();
      seen.add("built on the base");
    } catch (StillpointException e) {
      requireNotFound(e);
      seen.add("base was gone");
    }
    return true;
  }

  private static boolean restore(Repository repository, Turns turns) {
    turns.point();
    try (ImageReader image = repository.openImage(new ImageRef(point("base"), "disk"))) {
      byte[] disk = new byte[BASE.length];
      for (int at = 0; at < disk.length; at += GRID) {
        turns.point();
        image.read(at, ByteBuffer.wrap(disk, at, GRID));
      }
      turns.point();
      assertThat(disk).isEqualTo(BASE);
    } catch (StillpointException e) {
      requireNotFound(e);
    }
    turns.point();
    return true;
  }

  private static void requireNotFound(StillpointException e) {
    if (e.kind() != ErrorKind.NOT_FOUND) {
      throw e;
    }
  }

  private static void assertSound(Repository repository, String order) {
    assertThat(repository.findings()).as(order).isEmpty();
    List<Manifest> manifests = repository.manifests();
    assertThat(manifests).as(order).isNotEmpty();
    for (Manifest manifest : manifests) {
      String id = manifest.id().value();
      assertThat(read(repository, id)).as(order).isEqualTo(CONTENTS.get(id));
    }
  }

  /** After the power came back: all is there, and what is collected then is not missed. */
  private static void assertGoesOn(FaultyBlobStore blobs, String order) {
    try (Repository repository = open(blobs)) {
      assertSound(repository, order);
      collect(repository);
      assertSound(repository, order);
    }
  }
}
