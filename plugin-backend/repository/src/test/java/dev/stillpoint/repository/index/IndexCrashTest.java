package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.Entry.ANY;
import static dev.stillpoint.repository.index.Entry.SMALL;
import static dev.stillpoint.repository.index.Entry.extents;
import static dev.stillpoint.repository.index.Entry.id;
import static dev.stillpoint.repository.index.Entry.pack;
import static dev.stillpoint.repository.index.Entry.place;
import static dev.stillpoint.repository.index.Entry.putAll;
import static dev.stillpoint.repository.index.Entry.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What was written stays written, whatever call the power fails in, and no call leaves damage. */
class IndexCrashTest {

  private static final int RUNS = 5;
  private static final int ENTRIES = 150;

  /** What a run of steps has made durable so far. */
  private final Map<Integer, List<Entry>> durable = new TreeMap<>();

  @Test
  void aWriteThatDiesInAnyCallIsThereInFullOrNotAtAll() {
    dieInEveryCall((index, blobs) -> writePack(index, 50));
  }

  @Test
  void aMergeThatDiesInAnyCallLosesNothing() {
    dieInEveryCall(
        (index, blobs) -> {
          index.merge(ANY);
          writePack(index, 50);
          index.compact(ANY);
        });
  }

  @Test
  void droppingADamagedRunThatDiesInAnyCallLosesNothing() {
    dieInEveryCall(
        (index, blobs) -> {
          // Pack 2 is in the third run.
          blobs.flipBit(RunNames.run(3), (int) RunFormat.blockOffset(0) + 5, 3);
          for (Entry entry : pack(2, 2 * ENTRIES, ENTRIES)) {
            index.find(entry.id(), ANY);
          }
          assertThat(index.findings()).hasSize(1);
          ChunkIndex again = ChunkIndex.open(blobs, SMALL);
          write(again, pack(2, 2 * ENTRIES, ENTRIES));
          assertThat(again.dropDamaged(packs())).isTrue();
        },
        Optional.of(2));
  }

  private void writePack(ChunkIndex index, int pack) {
    write(index, pack(pack, pack * ENTRIES, ENTRIES));
    durable.put(pack, pack(pack, pack * ENTRIES, ENTRIES));
  }

  private static PackSizes packs() {
    PackSizes.Builder packs = PackSizes.builder();
    for (int pack = 0; pack < RUNS; pack++) {
      packs.add(pack, 10L * ENTRIES);
    }
    return packs.build();
  }

  private void dieInEveryCall(BiConsumer<ChunkIndex, FaultyBlobStore> work) {
    dieInEveryCall(work, Optional.empty());
  }

  /**
   * @param perhapsUncovered a pack whose entries may be missing as long as it counts as uncovered
   */
  private void dieInEveryCall(
      BiConsumer<ChunkIndex, FaultyBlobStore> work, Optional<Integer> perhapsUncovered) {
    boolean died = true;
    int call = 0;
    for (call = 1; died; call++) {
      for (int seed = call; seed < call + 300; seed += 100) {
        durable.clear();
        FaultyBlobStore blobs = new FaultyBlobStore(seed);
        ChunkIndex index = ChunkIndex.open(blobs, SMALL);
        for (int pack = 0; pack < RUNS; pack++) {
          writePack(index, pack);
        }
        blobs.dieAtChange(call);
        try {
          work.accept(index, blobs);
          // A clean-up that fails is no failure of the work.
          died = blobs.isDead();
        } catch (StillpointException expected) {
          assertThat(blobs.isDead()).isTrue();
        }
        assertSound(blobs.afterKill(seed), perhapsUncovered);
        assertSound(blobs.afterPowerLoss(seed), perhapsUncovered);
      }
    }
    assertThat(call).isGreaterThan(2);
  }

  private void assertSound(FaultyBlobStore left, Optional<Integer> perhapsUncovered) {
    ChunkIndex index = ChunkIndex.open(left, SMALL);
    if (perhapsUncovered.isEmpty()) {
      assertThat(index.findings()).isEmpty();
      // One write may have succeeded without a word; runs that were merged do not count again.
      assertThat(index.entries()).isLessThanOrEqualTo((durable.size() + 1L) * ENTRIES);
    }
    List<Entry> expected = new ArrayList<>();
    durable.forEach(
        (pack, entries) -> {
          boolean covered = index.uncovered(pack, 10L * ENTRIES).isEmpty();
          if (perhapsUncovered.filter(pack::equals).isEmpty()) {
            assertThat(covered).as("pack %d is covered", pack).isTrue();
          }
          if (covered) {
            expected.addAll(entries);
          }
        });
    assertFinds(index, expected);
    workOn(left, index, expected);
  }

  /** Numbers are used again, leftovers swept away, and a second crash is no worse. */
  private static void workOn(FaultyBlobStore left, ChunkIndex index, List<Entry> expected) {
    List<Entry> more = new ArrayList<>(pack(99, 99_000, ENTRIES));
    more.add(new Entry(id(3), place(98, 0)));
    putAll(index, more);
    index.write(index.freeze(), extents(more));
    index.merge(ANY);
    index.compact(ANY);
    Map<ChunkId, ChunkPlace> newest = new HashMap<>();
    expected.forEach(entry -> newest.put(entry.id(), entry.place()));
    more.forEach(entry -> newest.put(entry.id(), entry.place()));
    ChunkIndex again = ChunkIndex.open(left.afterPowerLoss(1), SMALL);
    newest.forEach((id, place) -> assertThat(again.find(id, ANY)).contains(place));
    if (again.findings().isEmpty()) {
      assertThat(again.check(new Cancellation())).isEmpty();
    }
  }

  private static void assertFinds(ChunkIndex index, List<Entry> entries) {
    for (Entry entry : entries) {
      assertThat(index.find(entry.id(), ANY)).contains(entry.place());
    }
  }
}
