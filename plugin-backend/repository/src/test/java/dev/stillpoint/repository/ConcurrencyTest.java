package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.light;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

  private static final int VMS = 4;
  private static final int CHUNKS = 300;

  @TempDir private Path directory;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private Repository repository;

  @BeforeEach
  void create() {
    repository = Repository.create(directory, InstantSource.system());
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
    repository.close();
  }

  /** Half of each disk is the same for all machines. */
  private static byte[] machine(int number) {
    byte[] disk = disk(99, CHUNKS * GRID);
    System.arraycopy(disk(number, CHUNKS / 2 * GRID), 0, disk, 0, CHUNKS / 2 * GRID);
    return disk;
  }

  private static <T> List<T> results(List<Future<T>> futures) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  @Test
  void machinesBackedUpAtOnceShareWhatTheyStoreWhileOthersRead() throws Exception {
    byte[] old = disk(7, 100 * GRID);
    backUp(repository, "old", old);
    long before = repository.space().packs().bytes();
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> reader =
        () -> {
          int rounds = 0;
          for (; !done.get() || rounds == 0; rounds++) {
            assertThat(read(repository, "old")).isEqualTo(old);
          }
          return rounds;
        };
    List<Future<Integer>> readers = List.of(executor.submit(reader), executor.submit(reader));
    List<Future<Manifest>> writers = new ArrayList<>();
    for (int vm = 0; vm < VMS; vm++) {
      int number = vm;
      writers.add(executor.submit(() -> backUpInParallel(number)));
    }
    List<Manifest> manifests = results(writers);
    done.set(true);
    assertThat(results(readers)).allSatisfy(rounds -> assertThat(rounds).isPositive());

    long stored = manifests.stream().mapToLong(m -> m.images().get(0).storedBytes().bytes()).sum();
    assertThat(repository.space().packs().bytes()).isEqualTo(before + stored);
    for (int vm = 0; vm < VMS; vm++) {
      assertThat(read(repository, "vm-" + vm)).isEqualTo(machine(vm));
      assertThat(repository.verify(point("vm-" + vm), new Cancellation()).ok()).isTrue();
    }
    // Backed up alone, nothing is new: each machine's content was stored, and stored once.
    assertThat(backUp(repository, "again", machine(0)).images().get(0).storedBytes())
        .isEqualTo(ByteCount.ZERO);
  }

  private Manifest backUpInParallel(int vm) throws Exception {
    byte[] disk = machine(vm);
    List<Integer> order = new ArrayList<>();
    for (int chunk = 0; chunk < CHUNKS; chunk += 2) {
      order.add(chunk);
    }
    Collections.shuffle(order, new Random(vm));
    try (PointWriter point = repository.startPoint(point("vm-" + vm));
        ImageWriter image = point.startImage("disk", ByteCount.ofBytes(disk.length))) {
      List<Future<Boolean>> parts = new ArrayList<>();
      for (List<Integer> part :
          List.of(
              order.subList(0, order.size() / 2), order.subList(order.size() / 2, order.size()))) {
        parts.add(
            executor.submit(
                () -> {
                  for (int chunk : part) {
                    image.write((long) chunk * GRID, ByteBuffer.wrap(disk, chunk * GRID, 2 * GRID));
                  }
                  return true;
                }));
      }
      assertThat(results(parts)).containsExactly(true, true);
      assertThat(image.bytesStored()).isNotNull();
      image.finish();
      return point.commit(Map.of(), "");
    }
  }

  @Test
  void aCommitThatWaitsForAnothersFailingFlushFailsToo() throws Exception {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    byte[] disk = disk(1, 4 * GRID);
    try (Repository shared = MemoryRepository.open(blobs);
        PointWriter waiting = shared.startPoint(point("waiting"))) {
      Samples.writeAll(waiting.startImage("disk", ByteCount.ofBytes(disk.length)), disk);
      CountDownLatch flushing = new CountDownLatch(1);
      CountDownLatch fail = new CountDownLatch(1);
      blobs.atNextFlush(
          () -> {
            flushing.countDown();
            awaitQuietly(fail);
            throw new StillpointException(ErrorKind.STORAGE_UNAVAILABLE, "The disk is gone", "");
          });
      Future<Manifest> failing = executor.submit(() -> backUp(shared, "failing", disk));
      flushing.await();
      FutureTask<Manifest> commit = new FutureTask<>(() -> waiting.commit(Map.of(), ""));
      Thread committer = new Thread(commit);
      committer.start();
      while (committer.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      fail.countDown();
      assertThatThrownBy(failing::get).hasMessageContaining("The disk is gone");
      assertThatThrownBy(commit::get).hasMessageContaining("The disk is gone");
      assertThat(shared.manifests()).isEmpty();
    }
  }

  @Test
  void aCommitBesideWhichAnAppendFailsTellsOfThatFailure() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    byte[] disk = light(1, GRID);
    try (Repository shared = MemoryRepository.open(blobs);
        PointWriter other = shared.startPoint(point("other"))) {
      ImageWriter image = other.startImage("disk", ByteCount.ofBytes(GRID));
      blobs.atNextFlush(
          () -> {
            blobs.limitSpace(10);
            ByteBuffer more = ByteBuffer.wrap(light(2, GRID));
            assertThatThrownBy(() -> image.write(0, more)).hasMessageContaining("memory is full");
            blobs.limitSpace(Long.MAX_VALUE);
          });
      assertThatThrownBy(() -> backUp(shared, "committing", disk))
          .hasMessageContaining("memory is full");
      assertThat(shared.manifests()).isEmpty();
      backUp(shared, "later", disk);
      assertThat(read(shared, "later")).isEqualTo(disk);
    }
  }

  @Test
  void aCommitUnderWhichTheRepositoryIsClosedFails() {
    FaultyBlobStore blobs = MemoryRepository.create(1);
    try (Repository closing = MemoryRepository.open(blobs)) {
      blobs.atNextFlush(closing::close);
      assertThatThrownBy(() -> backUp(closing, "late", light(1, GRID)))
          .hasMessageContaining("is closed")
          .isInstanceOfSatisfying(
              StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
    }
    try (Repository again = MemoryRepository.open(blobs)) {
      assertThat(again.manifests()).isEmpty();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWriterIsNotHurtByAnInterruptedThread() {
    byte[] disk = machine(1);
    Thread.currentThread().interrupt();
    backUp(repository, "p1", disk);
    assertThat(read(repository, "p1")).isEqualTo(disk);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** The folder is read and each file then asked for its size: one may be gone in between. */
  @Test
  void pointsAreListedWhileOthersExpire() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    Future<Boolean> lister =
        executor.submit(
            () -> {
              while (!ended.get()) {
                repository.space();
              }
              return true;
            });
    byte[] disk = disk(1, GRID);
    for (int round = 0; round < 60; round++) {
      backUp(repository, "p" + round, disk);
      repository.expire(point("p" + round));
    }
    ended.set(true);
    assertThat(lister.get()).isTrue();
  }

  @Test
  void commitsAndExpiriesOfManyPointsGoOnAtOnce() throws Exception {
    List<Future<Boolean>> futures = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      int number = thread;
      futures.add(
          executor.submit(
              () -> {
                for (int round = 0; round < 8; round++) {
                  String id = "t" + number + "-" + round;
                  byte[] disk = disk(number + round % 3, 12 * GRID);
                  backUp(repository, id, disk);
                  assertThat(read(repository, id)).isEqualTo(disk);
                  assertThat(repository.manifests()).isNotEmpty();
                  if (round % 2 == 0) {
                    repository.expire(point(id));
                  }
                }
                return true;
              }));
    }
    assertThat(results(futures)).containsOnly(true);
    repository.close();
    repository = Repository.open(directory, InstantSource.system());
    assertThat(repository.manifests()).hasSize(12);
    for (Manifest manifest : repository.manifests()) {
      assertThat(repository.verify(manifest.id(), new Cancellation()).problems()).isEmpty();
    }
  }
}
