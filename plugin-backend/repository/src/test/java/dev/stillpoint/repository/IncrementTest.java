package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementTest {

  private final AtomicLong commits = new AtomicLong();

  /** Points are listed in the order of their times, however fast they are written. */
  private final InstantSource clock = () -> Instant.ofEpochSecond(commits.incrementAndGet());

  @TempDir private Path directory;
  private Repository repository;

  @BeforeEach
  void create() {
    repository = Repository.create(directory, clock);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Manifest increment(String base, String id, long sizeBytes, Consumer<ImageWriter> change) {
    try (PointWriter writer = repository.startPoint(point(id))) {
      ImageRef ref = new ImageRef(point(base), "disk");
      ImageWriter image = writer.startImage("disk", ByteCount.ofBytes(sizeBytes), ref);
      change.accept(image);
      image.finish();
      return writer.commit(Map.of(), "");
    }
  }

  @Test
  void keepsTheBaseWhereNothingIsWritten() {
    byte[] disk = disk(1, 50 * GRID + 5);
    Manifest base = backUp(repository, "p1", disk);
    Manifest same = increment("p1", "p2", disk.length, image -> {});
    assertThat(read(repository, "p2")).isEqualTo(disk);
    assertThat(same.images().get(0).rootHash()).isEqualTo(base.images().get(0).rootHash());
    assertThat(same.images().get(0).dataBytes()).isEqualTo(base.images().get(0).dataBytes());
    assertThat(same.images().get(0).storedBytes()).isEqualTo(ByteCount.ZERO);
  }

  @Test
  void costsWhatChanged() {
    byte[] disk = new byte[1500 * GRID];
    new Random(1).nextBytes(disk);
    Manifest full = backUp(repository, "p1", disk);
    byte[] noise = disk(9, GRID);
    new Random(2).nextBytes(noise);
    Manifest changed =
        increment("p1", "p2", disk.length, i -> i.write(700L * GRID, ByteBuffer.wrap(noise)));
    System.arraycopy(noise, 0, disk, 700 * GRID, GRID);
    assertThat(read(repository, "p2")).isEqualTo(disk);
    assertThat(full.images().get(0).storedBytes().bytes()).isGreaterThan(1500L * GRID);
    // One chunk, one leaf, three nodes that are nearly empty.
    assertThat(changed.images().get(0).storedBytes().bytes()).isLessThan(GRID + 10_000);
  }

  @Test
  void namesEqualContentEquallyWhateverItsHistory() {
    byte[] small = disk(1, 10 * GRID + 1000);
    byte[] large = Arrays.copyOf(small, 700 * GRID + 3);
    System.arraycopy(disk(2, 5 * GRID), 0, large, 300 * GRID, 5 * GRID);
    Manifest smallFull = backUp(repository, "small", small);
    Manifest largeFull = backUp(repository, "large", large);
    Manifest grown =
        increment(
            "small",
            "grown",
            large.length,
            image -> image.write(300L * GRID, ByteBuffer.wrap(large, 300 * GRID, 5 * GRID)));
    Manifest shrunk = increment("large", "shrunk", small.length, image -> {});
    assertThat(read(repository, "grown")).isEqualTo(large);
    assertThat(read(repository, "shrunk")).isEqualTo(small);
    assertThat(grown.images().get(0).rootHash()).isEqualTo(largeFull.images().get(0).rootHash());
    assertThat(shrunk.images().get(0).rootHash()).isEqualTo(smallFull.images().get(0).rootHash());
    assertThat(shrunk.images().get(0).dataBytes()).isEqualTo(smallFull.images().get(0).dataBytes());
  }

  @Test
  void cutsALongerBaseWithinAChunkAndDoesNotBringItBack() {
    byte[] disk = new byte[4 * GRID];
    Arrays.fill(disk, (byte) 7);
    backUp(repository, "p1", disk);
    increment("p1", "p2", 2 * GRID + 100, image -> {});
    increment("p2", "p3", 4 * GRID, image -> {});
    assertThat(read(repository, "p2")).isEqualTo(Arrays.copyOf(disk, 2 * GRID + 100));
    assertThat(read(repository, "p3"))
        .isEqualTo(Arrays.copyOf(Arrays.copyOf(disk, 2 * GRID + 100), 4 * GRID));
  }

  @Test
  void zeroesRangesOfAnyLength() {
    byte[] disk = disk(3, 1200 * GRID + 9);
    backUp(repository, "p1", disk);
    increment(
        "p1",
        "p2",
        disk.length,
        image -> {
          image.write(500L * GRID, ByteBuffer.wrap(disk(4, 10 * GRID)));
          image.zero(new ByteRange(100L * GRID, 800L * GRID));
          image.zero(new ByteRange(1199L * GRID, GRID + 9));
          image.write(600L * GRID, ByteBuffer.wrap(disk(5, 10 * GRID)));
        });
    byte[] expected = disk.clone();
    Arrays.fill(expected, 100 * GRID, 900 * GRID, (byte) 0);
    Arrays.fill(expected, 1199 * GRID, expected.length, (byte) 0);
    System.arraycopy(disk(5, 10 * GRID), 0, expected, 600 * GRID, 10 * GRID);
    assertThat(read(repository, "p2")).isEqualTo(expected);
  }

  @Test
  void anyHistoryOfWritesZeroesAndExpiriesReadsBackByteByByte() {
    long seed = System.nanoTime();
    try {
      randomHistory(new Random(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Failed with seed " + seed, e);
    }
  }

  private void randomHistory(Random random) {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    for (int step = 0; step < 100; step++) {
      List<String> ids = List.copyOf(kept.keySet());
      String id = "point-" + step;
      if (ids.isEmpty() || random.nextInt(10) == 0) {
        byte[] disk = disk(random.nextLong(), random.nextInt(60 * GRID));
        backUp(repository, id, disk);
        kept.put(id, disk);
      } else {
        String base = ids.get(random.nextInt(ids.size()));
        kept.put(id, randomIncrement(random, base, id, kept.get(base)));
      }
      if (random.nextInt(4) == 0) {
        String expired = List.copyOf(kept.keySet()).get(random.nextInt(kept.size()));
        repository.expire(point(expired));
        kept.remove(expired);
      }
      if (random.nextInt(15) == 0) {
        repository.close();
        repository = Repository.open(directory, clock);
      }
    }
    assertThat(repository.manifests())
        .extracting(manifest -> manifest.id().value())
        .containsExactlyElementsOf(kept.keySet());
    kept.forEach(
        (id, disk) -> {
          assertThat(read(repository, id)).as(id).isEqualTo(disk);
          assertThat(repository.verify(point(id), new Cancellation()).problems()).isEmpty();
        });
  }

  /** Changes parts of the base, perhaps its size, on disk and in memory alike. */
  private byte[] randomIncrement(Random random, String base, String id, byte[] before) {
    int size = random.nextInt(3) == 0 ? random.nextInt(60 * GRID) : before.length;
    byte[] disk = Arrays.copyOf(before, size);
    increment(
        base,
        id,
        size,
        image -> {
          int chunks = (size + GRID - 1) / GRID;
          for (int change = 0; chunks > 0 && change < random.nextInt(8); change++) {
            int from = random.nextInt(chunks) * GRID;
            int to = Math.min(size, from + (1 + random.nextInt(5)) * GRID);
            if (random.nextInt(4) == 0) {
              Arrays.fill(disk, from, to, (byte) 0);
              image.zero(ByteRange.between(from, to));
            } else {
              Samples.fill(random, disk, from, to);
              image.write(from, ByteBuffer.wrap(disk, from, to - from));
            }
          }
        });
    return disk;
  }
}
