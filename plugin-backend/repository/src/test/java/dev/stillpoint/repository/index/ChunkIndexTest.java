package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.Entry.ANY;
import static dev.stillpoint.repository.index.Entry.SMALL;
import static dev.stillpoint.repository.index.Entry.extents;
import static dev.stillpoint.repository.index.Entry.id;
import static dev.stillpoint.repository.index.Entry.pack;
import static dev.stillpoint.repository.index.Entry.place;
import static dev.stillpoint.repository.index.Entry.putAll;
import static dev.stillpoint.repository.index.Entry.scan;
import static dev.stillpoint.repository.index.Entry.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.PackExtent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkIndexTest {

  private final FaultyBlobStore blobs = new FaultyBlobStore(1);
  private ChunkIndex index = ChunkIndex.open(blobs, SMALL);

  private void reopen() {
    index.close();
    index = ChunkIndex.open(blobs, SMALL);
    assertThat(index.findings()).isEmpty();
  }

  private void assertFinds(List<Entry> entries) {
    for (Entry entry : entries) {
      assertThat(index.find(entry.id(), ANY)).contains(entry.place());
    }
  }

  @Test
  void findsWhatWasPutAtOnceAndAfterEachStepOnItsWayToTheDisk() {
    List<Entry> entries = pack(7, 0, 500);
    putAll(index, entries);
    assertFinds(entries);
    assertThat(index.pending()).isEqualTo(500);
    Batch batch = index.freeze();
    assertFinds(entries);
    index.put(id(1000), place(8, 0));
    assertThat(index.pending()).isEqualTo(501);
    index.write(batch, extents(entries));
    assertFinds(entries);
    assertThat(index.pending()).isEqualTo(1);
    assertThat(index.entries()).isEqualTo(501);
    reopen();
    assertFinds(entries);
    assertThat(index.find(id(1000), ANY)).isEmpty();
    assertThat(index.check(new Cancellation())).isEmpty();
  }

  @Test
  void theEntryThatWasPutLastCounts() {
    write(index, List.of(new Entry(id(1), place(1, 0))));
    write(index, List.of(new Entry(id(1), place(2, 0))));
    assertThat(index.find(id(1), ANY)).contains(place(2, 0));
    index.put(id(1), place(3, 0));
    index.put(id(1), place(3, 10));
    assertThat(index.find(id(1), ANY)).contains(place(3, 10));
    index.freeze();
    assertThat(index.find(id(1), ANY)).contains(place(3, 10));
    index.put(id(1), place(4, 0));
    assertThat(index.find(id(1), ANY)).contains(place(4, 0));
  }

  @Test
  void anEntryWhosePackIsNotAcceptedMakesWayForAnOlderOne() {
    write(index, List.of(new Entry(id(1), place(1, 0))));
    write(index, List.of(new Entry(id(1), place(2, 0))));
    index.put(id(1), place(3, 0));
    assertThat(index.find(id(1), pack -> pack < 3)).contains(place(2, 0));
    assertThat(index.find(id(1), pack -> pack < 2)).contains(place(1, 0));
    assertThat(index.find(id(1), pack -> pack < 1)).isEmpty();
    assertThat(scan(index, pack -> pack < 3)).containsExactly(new Entry(id(1), place(2, 0)));
    assertThat(scan(index, pack -> pack < 1)).isEmpty();
  }

  @Test
  void discardForgetsWhatIsNotDurableAndNothingElse() {
    write(index, List.of(new Entry(id(1), place(1, 0))));
    index.put(id(1), place(2, 0));
    index.put(id(2), place(2, 10));
    Batch frozen = index.freeze();
    index.put(id(3), place(2, 20));
    index.discard();
    assertThat(index.pending()).isZero();
    assertThat(index.find(id(1), ANY)).contains(place(1, 0));
    assertThat(index.find(id(2), ANY)).isEmpty();
    assertThat(index.find(id(3), ANY)).isEmpty();
    assertThatThrownBy(() -> index.write(frozen, List.of()))
        .isInstanceOf(IllegalStateException.class);
    write(index, List.of(new Entry(id(4), place(3, 0))));
    assertThat(index.find(id(4), ANY)).contains(place(3, 0));
  }

  @Test
  void freezesOneBatchAtATime() {
    Batch batch = index.freeze();
    assertThatThrownBy(index::freeze).isInstanceOf(IllegalStateException.class);
    index.write(batch, List.of());
    assertThat(blobs.list("index")).isEmpty();
    index.freeze();
  }

  @Test
  void saysWhenEnoughIsPending() {
    putAll(index, pack(1, 0, 99));
    assertThat(index.isFull()).isFalse();
    index.put(id(99), place(1, 990));
    assertThat(index.isFull()).isTrue();
    index.freeze();
    assertThat(index.isFull()).isFalse();
  }

  @Test
  void aBatchThatCouldNotBeWrittenStaysAndIsWrittenTheNextTime() {
    List<Entry> entries = pack(1, 0, 300);
    putAll(index, entries);
    Batch batch = index.freeze();
    blobs.limitSpace(5000);
    assertThatThrownBy(() -> index.write(batch, extents(entries)))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE));
    assertThat(blobs.list("tmp")).isEmpty();
    assertThat(blobs.list("index")).isEmpty();
    assertFinds(entries);
    blobs.limitSpace(Long.MAX_VALUE);
    index.write(batch, extents(entries));
    reopen();
    assertFinds(entries);
  }

  @Test
  void aMergeThatRunsOutOfSpaceChangesNothing() {
    List<Entry> entries = manyRuns(4, 300);
    int files = blobs.list("index").size();
    blobs.limitSpace(9000);
    assertThatThrownBy(() -> index.merge(ANY))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE));
    assertThat(blobs.list("tmp")).isEmpty();
    assertThat(blobs.list("index")).hasSize(files);
    assertFinds(entries);
  }

  @Test
  void mergesRunsAndKeepsWhatTheyListed() {
    List<Entry> entries = manyRuns(10, 200);
    assertThat(blobs.list("index")).hasSize(10);
    index.merge(ANY);
    assertThat(blobs.list("index")).hasSizeLessThanOrEqualTo(3);
    assertFinds(entries);
    reopen();
    assertFinds(entries);
    for (int pack = 0; pack < 10; pack++) {
      assertThat(index.uncovered(pack, 2000)).isEmpty();
    }
    assertThat(index.entries()).isEqualTo(2000);
    assertThat(index.check(new Cancellation())).isEmpty();
  }

  @Test
  void aMergeDropsEntriesThatAreSupersededOrWhosePackIsGone() {
    write(index, pack(1, 0, 100));
    write(index, pack(2, 0, 100));
    write(index, pack(3, 100, 50));
    index.compact(pack -> pack != 3);
    assertThat(index.entries()).isEqualTo(100);
    assertFinds(pack(2, 0, 100));
    assertThat(index.find(id(0), pack -> pack == 1)).isEmpty();
    assertThat(index.uncovered(1, 1000)).isEmpty();
    assertThat(index.uncovered(3, 500)).containsExactly(new PackExtent(3, 0, 500));
  }

  @Test
  void aWriteThatAMergeOvertakesStaysTheNewer() {
    write(index, List.of(new Entry(id(1), place(1, 0))));
    write(index, List.of(new Entry(id(2), place(2, 0))));
    // Not so small that it is published without a flush.
    List<Entry> newer = pack(3, 5000, 150);
    newer.add(new Entry(id(1), place(4, 0)));
    blobs.atNextFlush(() -> index.compact(ANY));
    write(index, newer);
    assertThat(blobs.list("index")).hasSize(2);
    assertThat(index.find(id(1), ANY)).contains(place(4, 0));
    reopen();
    assertThat(index.find(id(1), ANY)).contains(place(4, 0));
    index.compact(ANY);
    reopen();
    assertThat(index.find(id(1), ANY)).contains(place(4, 0));
    assertThat(index.find(id(2), ANY)).contains(place(2, 0));
  }

  @Test
  void aRunOfWhichNothingIsLeftStillSaysWhatItCovers() {
    index.write(index.freeze(), List.of(new PackExtent(5, 0, 99)));
    reopen();
    assertThat(index.uncovered(5, 100)).containsExactly(new PackExtent(5, 99, 100));
    index.compact(ANY);
    reopen();
    assertThat(index.uncovered(5, 99)).isEmpty();
    assertThat(index.entries()).isZero();
    assertThat(scan(index, ANY)).isEmpty();
  }

  @Test
  void namesThePartsOfAPackThatNoRunLists() {
    index.write(index.freeze(), List.of(new PackExtent(5, 10, 20)));
    index.write(index.freeze(), List.of(new PackExtent(5, 40, 50), new PackExtent(5, 15, 30)));
    assertThat(index.uncovered(5, 60))
        .containsExactly(
            new PackExtent(5, 0, 10), new PackExtent(5, 30, 40), new PackExtent(5, 50, 60));
    assertThat(index.uncovered(5, 35))
        .containsExactly(new PackExtent(5, 0, 10), new PackExtent(5, 30, 35));
    assertThat(index.uncovered(5, 5)).containsExactly(new PackExtent(5, 0, 5));
    assertThat(index.uncovered(6, 8)).containsExactly(new PackExtent(6, 0, 8));
    assertThat(index.uncovered(6, 0)).isEmpty();
  }

  @Test
  void countsTheDamageThatNoNewerEntryHeals() {
    List<Entry> entries = pack(1, 0, 400);
    write(index, entries);
    assertThat(index.damaged(ANY)).isZero();
    for (int i = 100; i < 103; i++) {
      index.put(id(i), entries.get(i).place().asDamaged());
    }
    assertThat(index.damaged(ANY)).isEqualTo(3);
    write(index, List.of());
    assertThat(index.damaged(ANY)).isEqualTo(3);
    assertThat(index.find(id(100), ANY)).contains(place(1, 1000).asDamaged());
    index.put(id(100), place(2, 0));
    assertThat(index.damaged(ANY)).isEqualTo(2);
    write(index, List.of());
    reopen();
    assertThat(index.damaged(ANY)).isEqualTo(2);
    index.put(id(101), place(1, 1010).asDamaged());
    assertThat(index.damaged(ANY)).isEqualTo(2);
    write(index, List.of());
    index.compact(ANY);
    reopen();
    assertThat(index.damaged(ANY)).isEqualTo(2);
    assertThat(index.damaged(pack -> pack == 2)).isZero();
  }

  @Test
  void countsTheDamageInRunsThatAreMergedMeanwhile() {
    List<Entry> damaged =
        pack(1, 0, 400).stream()
            .map(entry -> new Entry(entry.id(), entry.place().asDamaged()))
            .toList();
    write(index, damaged);
    AtomicBoolean merged = new AtomicBoolean();
    long count =
        index.damaged(
            pack -> {
              if (!merged.getAndSet(true)) {
                index.compact(ANY);
              }
              return true;
            });
    assertThat(count).isEqualTo(400);
    assertThat(blobs.list("index")).hasSize(1);
  }

  @Test
  void tellsAllEntriesInTheOrderOfTheirIds() {
    List<Entry> entries = new ArrayList<>();
    for (int pack = 0; pack < 4; pack++) {
      entries.addAll(pack(pack, 1000 * pack, 150));
      write(index, pack(pack, 1000 * pack, 150));
    }
    entries.addAll(pack(4, 4000, 20));
    putAll(index, pack(4, 4000, 20));
    index.freeze();
    entries.addAll(pack(5, 5000, 20));
    putAll(index, pack(5, 5000, 20));
    entries.sort((left, right) -> Entry.compareIds(left.id(), right.id()));
    assertThat(scan(index, ANY)).isEqualTo(entries);
  }

  @Test
  void aCursorGoesOnThroughRunsThatWereMergedMeanwhile() {
    List<Entry> entries = manyRuns(6, 200);
    List<ChunkId> seen = new ArrayList<>();
    try (EntryCursor cursor = index.cursor(ANY)) {
      while (cursor.next()) {
        seen.add(cursor.id());
        if (seen.size() == 100) {
          index.compact(ANY);
          assertThat(blobs.list("index")).hasSize(7);
          write(index, pack(9, 9000, 10));
        }
      }
    }
    assertThat(seen).hasSize(entries.size());
    assertThat(blobs.list("index")).hasSize(2);
  }

  @Test
  void remembersTheHighestPackThatItEverNamed() {
    assertThat(index.highestPack()).isEqualTo(-1);
    write(index, pack(4, 0, 10));
    index.write(index.freeze(), List.of(new PackExtent(9, 0, 5)));
    write(index, pack(3, 50, 10));
    assertThat(index.highestPack()).isEqualTo(9);
    index.compact(pack -> pack == 3);
    reopen();
    assertThat(index.highestPack()).isEqualTo(9);
  }

  @Test
  void resetLeavesNothing() {
    manyRuns(3, 100);
    index.put(id(777), place(9, 0));
    index.reset();
    assertThat(blobs.list("index")).isEmpty();
    assertThat(index.entries()).isZero();
    assertThat(index.find(id(0), ANY)).isEmpty();
    write(index, pack(1, 0, 10));
    reopen();
    assertFinds(pack(1, 0, 10));
  }

  @Test
  void refusesTheRunOfAnotherVersion() {
    write(index, pack(1, 0, 10));
    byte[] file = blobs.readAll(RunNames.run(1));
    file[11] = 2;
    byte[] header = RunFiles.withHeaderChecksum(file);
    blobs.publish(RunNames.run(1), header);
    assertThatThrownBy(() -> ChunkIndex.open(blobs, SMALL))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining("version 2");
  }

  @Test
  void aClosedIndexMergesNoMore() {
    manyRuns(10, 50);
    index.close();
    long changes = blobs.changes();
    index.merge(ANY);
    index.compact(ANY);
    assertThat(blobs.changes()).as("another may have it open").isEqualTo(changes);
    assertThat(blobs.list("index")).hasSize(10);
    assertThat(blobs.list("tmp")).isEmpty();
  }

  private List<Entry> manyRuns(int runs, int entriesPerRun) {
    List<Entry> all = new ArrayList<>();
    IntStream.range(0, runs)
        .mapToObj(pack -> pack(pack, pack * entriesPerRun, entriesPerRun))
        .forEach(
            entries -> {
              all.addAll(entries);
              write(index, entries);
            });
    return all;
  }
}
