package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.PACK_BYTES;
import static dev.stillpoint.repository.MemoryRepository.open;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever call the power fails in, the reserve is the old or the new one, and claimed. */
class ReserveCrashTest {

  private static final byte[] OLD = disk(1, 14 * GRID);
  private static final byte[] NEW = disk(2, 18 * GRID);

  /** A piece of ballast that is not wholly needed, as much of change, and rounding. */
  private static final long BEYOND_BYTES = 2 * PACK_BYTES + GRID;

  private static final ByteCount RESERVE = ByteCount.ofBytes(20 * PACK_BYTES);
  private static final ByteCount LARGER = ByteCount.ofBytes(26 * PACK_BYTES);
  private static final ByteCount SMALLER = ByteCount.ofBytes(14 * PACK_BYTES);

  private final FaultyBlobStore base = base();

  private static FaultyBlobStore base() {
    FaultyBlobStore blobs = new FaultyBlobStore(1);
    try (Repository repository = MemoryRepository.create(blobs, RESERVE)) {
      backUp(repository, "old", OLD);
    }
    return blobs;
  }

  @Test
  void aCreationThatDiesInAnyCallLeavesNothingOrARepositoryAndCanBeRepeated() {
    Set<Boolean> outcomes = new TreeSet<>();
    for (int round = 0; round < 3; round++) {
      for (int call = 1; dieCreating(call, seed(round, call), outcomes); call++) {
        assertThat(call).isLessThan(100);
      }
    }
    assertThat(outcomes).containsExactly(false, true);
  }

  private static boolean dieCreating(int call, int seed, Set<Boolean> outcomes) {
    FaultyBlobStore blobs = new FaultyBlobStore(seed);
    blobs.dieAtChange(call);
    try {
      MemoryRepository.create(blobs, RESERVE);
    } catch (StillpointException expected) {
      assertThat(blobs.isDead()).isTrue();
    }
    if (!blobs.isDead()) {
      return false;
    }
    for (FaultyBlobStore left : List.of(blobs.afterPowerLoss(seed), blobs.afterKill(seed))) {
      boolean made = left.exists(new BlobName(RepositoryFile.NAME));
      outcomes.add(made);
      try (Repository repository = made ? open(left) : MemoryRepository.create(left, SMALLER)) {
        assertClaimed(left, repository, made ? RESERVE : SMALLER);
      }
    }
    return true;
  }

  @Test
  void aGrowThatDiesInAnyCallLeavesTheOldOrTheNewSize() {
    dieInEveryCall(6, repository -> repository.resize(LARGER), Set.of(RESERVE, LARGER));
  }

  @Test
  void aShrinkThatDiesInAnyCallLeavesTheOldOrTheNewSize() {
    dieInEveryCall(6, repository -> repository.resize(SMALLER), Set.of(RESERVE, SMALLER));
  }

  @Test
  void aBackupWithinTheReserveThatDiesInAnyCallLosesNeitherPointsNorSpace() {
    dieInEveryCall(
        1,
        repository -> {
          backUp(repository, "new", NEW);
          repository.close();
        },
        Set.of(RESERVE));
  }

  private void dieInEveryCall(int rounds, Consumer<Repository> work, Set<ByteCount> sizes) {
    Set<ByteCount> seen = new TreeSet<>();
    for (int round = 0; round < rounds; round++) {
      int call = 1;
      while (dieInCall(call, seed(round, call), work, seen)) {
        call++;
      }
      assertThat(call).isGreaterThan(3);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(sizes);
  }

  /** Near seeds begin alike. */
  private static int seed(int round, int call) {
    return 1_000_003 * (100 * round + call) % 1_000_000_007;
  }

  /** Returns false when the work is done before that call. */
  private boolean dieInCall(int call, int seed, Consumer<Repository> work, Set<ByteCount> seen) {
    FaultyBlobStore blobs = base.afterKill(seed);
    Repository repository = open(blobs);
    blobs.dieAtChange(call);
    try {
      work.accept(repository);
    } catch (StillpointException expected) {
      assertThat(blobs.isDead()).isTrue();
    }
    if (!blobs.isDead()) {
      return false;
    }
    for (FaultyBlobStore left :
        List.of(blobs.afterPowerLoss(seed), blobs.afterPowerLoss(-seed), blobs.afterKill(seed))) {
      seen.add(recover(dieWhileOpening(left, seed)));
    }
    return true;
  }

  private static FaultyBlobStore dieWhileOpening(FaultyBlobStore left, int seed) {
    left.dieAtChange(1 + Math.floorMod(seed, 4));
    try {
      open(left);
    } catch (StillpointException expected) {
      assertThat(left.isDead()).isTrue();
    }
    return left.afterPowerLoss(seed);
  }

  private static ByteCount recover(FaultyBlobStore left) {
    try (Repository repository = open(left)) {
      ByteCount size = repository.space().reserve().orElseThrow();
      assertClaimed(left, repository, size);
      assertThat(repository.findings()).isEmpty();
      assertThat(read(repository, "old")).isEqualTo(OLD);
      for (Manifest manifest : repository.manifests()) {
        assertThat(repository.verify(manifest.id(), new Cancellation()).problems()).isEmpty();
      }
      backUp(repository, "next", disk(3, 5 * GRID));
      assertClaimed(left, repository, size);
      return size;
    }
  }

  private static void assertClaimed(FaultyBlobStore blobs, Repository repository, ByteCount size) {
    SpaceReport space = repository.space();
    assertThat(space.reserve()).contains(size);
    assertThat(space.used()).isLessThanOrEqualTo(size);
    assertThat(space.used().plus(space.claimed()).bytes())
        .isBetween(size.bytes(), size.bytes() + PACK_BYTES);
    assertThat(blobs.takenBytes()).isBetween(size.bytes(), size.bytes() + BEYOND_BYTES);
  }
}
