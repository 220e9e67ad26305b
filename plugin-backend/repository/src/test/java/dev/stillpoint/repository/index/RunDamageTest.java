package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.Entry.ANY;
import static dev.stillpoint.repository.index.Entry.SMALL;
import static dev.stillpoint.repository.index.Entry.pack;
import static dev.stillpoint.repository.index.Entry.scan;
import static dev.stillpoint.repository.index.Entry.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.PackSizes;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged run never makes a wrong answer: at worst "not there", and a finding. */
class RunDamageTest {

  /** More than a group of blocks, the last of them not full. */
  private static final int ENTRIES = 33 * RunFormat.BLOCK_ENTRIES + 7;

  private static final List<Entry> OLD = pack(1, 0, ENTRIES);
  private static final List<Entry> NEW = pack(2, 100_000, 100);
  private static final BlobName OLD_RUN = RunNames.run(1);
  private static final PackSizes PACKS =
      PackSizes.builder().add(1, 10L * ENTRIES).add(2, 1000L).build();

  private final FaultyBlobStore sound = sound();

  private static FaultyBlobStore sound() {
    FaultyBlobStore blobs = new FaultyBlobStore(1);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    Entry damaged = new Entry(OLD.get(5).id(), OLD.get(5).place().asDamaged());
    Entry.putAll(index, OLD);
    Entry.putAll(index, List.of(damaged));
    index.write(index.freeze(), Entry.extents(OLD));
    write(index, NEW);
    return blobs;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void aFlippedBitAnywhereIsFoundOrChangesNothing(long filterBytes) {
    int length = (int) sound.size(OLD_RUN);
    int tail = (int) RunFormat.tailOffset(RunFormat.blocks(ENTRIES));
    Random random = new Random(filterBytes);
    for (int offset = 0; offset < length; offset += 1 + random.nextInt(4000)) {
      FaultyBlobStore blobs = sound.afterKill(1);
      blobs.flipBit(OLD_RUN, offset, random.nextInt(8));
      assertNeverWrong(blobs, new IndexSettings(100, filterBytes, 3), "bit at " + offset);
    }
    // Header, tail and footer bit by bit.
    for (int offset = 0; offset < length; offset++) {
      if (offset < 16 || offset >= tail) {
        FaultyBlobStore blobs = sound.afterKill(1);
        blobs.flipBit(OLD_RUN, offset, offset % 8);
        assertOpensWithout(blobs);
      }
    }
  }

  @Test
  void aRunThatIsCutOffOrGrewIsFoundWhenOpened() {
    int length = (int) sound.size(OLD_RUN);
    Random random = new Random(1);
    for (int left = 0; left < length; left += 1 + random.nextInt(2000)) {
      FaultyBlobStore blobs = sound.afterKill(1);
      blobs.truncate(OLD_RUN, left);
      assertOpensWithout(blobs);
    }
    FaultyBlobStore blobs = sound.afterKill(1);
    byte[] longer = new byte[length + 1];
    System.arraycopy(blobs.readAll(OLD_RUN), 0, longer, 0, length);
    blobs.publish(OLD_RUN, longer);
    assertOpensWithout(blobs);
  }

  @Test
  void aRunUnderAnotherNumberIsNotTrusted() {
    FaultyBlobStore blobs = sound.afterKill(1);
    blobs.publish(OLD_RUN, blobs.readAll(RunNames.run(2)));
    assertOpensWithout(blobs);
  }

  @Test
  void blocksThatWereSwappedAreFound() {
    FaultyBlobStore blobs = sound.afterKill(1);
    byte[] file = blobs.readAll(OLD_RUN);
    byte[] swapped = file.clone();
    int first = (int) RunFormat.blockOffset(3);
    int second = (int) RunFormat.blockOffset(4);
    System.arraycopy(file, first, swapped, second, RunFormat.PAGE_BYTES);
    System.arraycopy(file, second, swapped, first, RunFormat.PAGE_BYTES);
    blobs.publish(OLD_RUN, swapped);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertThat(index.check(new Cancellation())).hasSize(1);
    assertThat(index.findings()).hasSize(1);
  }

  @Test
  void aMissingRunFileIsUncovered() {
    FaultyBlobStore blobs = sound.afterKill(1);
    blobs.delete(OLD_RUN);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertThat(index.uncovered(1, 10L * ENTRIES))
        .containsExactly(new PackExtent(1, 0, 10L * ENTRIES));
  }

  @Test
  void aRunFoundDamagedInUseIsLeftOutWhenOpenedAgainAndGoneWhenItsPacksWereReadAgain() {
    FaultyBlobStore blobs = damagedBlock(7);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertThat(index.findings()).isEmpty();
    assertThat(missing(index)).isEqualTo(RunFormat.BLOCK_ENTRIES);
    assertThat(index.findings()).hasSize(1).first().asString().contains(OLD_RUN.value());
    assertThat(index.uncovered(1, 10L * ENTRIES)).hasSize(1);
    index = ChunkIndex.open(blobs.afterPowerLoss(1), SMALL);
    assertThat(missing(index)).isEqualTo(ENTRIES);
    assertThat(index.findings()).hasSize(1);
    assertThat(index.uncovered(1, 10L * ENTRIES)).hasSize(1);

    ChunkIndex repaired = ChunkIndex.open(blobs, SMALL);
    write(repaired, OLD);
    assertThat(repaired.dropDamaged(PACKS)).isTrue();
    assertThat(blobs.list("index")).hasSize(2);
    repaired = ChunkIndex.open(blobs, SMALL);
    assertThat(repaired.findings()).isEmpty();
    assertThat(missing(repaired)).isZero();
  }

  @Test
  void aRunFoundDamagedInUseKeepsServingWhatIsSoundUntilTheNextOpening() {
    FaultyBlobStore blobs = damagedBlock(7);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertThat(missing(index)).isEqualTo(RunFormat.BLOCK_ENTRIES);
    // Puts only what is not known, as a reader of packs may.
    OLD.stream()
        .filter(entry -> index.find(entry.id(), ANY).isEmpty())
        .forEach(entry -> index.put(entry.id(), entry.place()));
    index.write(index.freeze(), Entry.extents(OLD));
    assertThat(index.dropDamaged(PACKS)).isTrue();
    assertThat(missing(index)).isZero();
    assertThat(blobs.exists(OLD_RUN)).isTrue();
  }

  @Test
  void aRunThatACheckFindsDamagedCanBeReplacedAtOnce() {
    FaultyBlobStore blobs = damagedBlock(7);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertThat(index.check(new Cancellation())).hasSize(1);
    index.leaveOutDamaged();
    // Puts only what is not known, as a reader of packs may: the sound blocks count no more.
    OLD.stream()
        .filter(entry -> index.find(entry.id(), ANY).isEmpty())
        .forEach(entry -> index.put(entry.id(), entry.place()));
    index.write(index.freeze(), Entry.extents(OLD));
    assertThat(index.dropDamaged(PACKS)).isTrue();
    assertThat(blobs.exists(OLD_RUN)).isFalse();
    assertThat(missing(index)).isZero();
    assertThat(scan(index, ANY)).hasSize(ENTRIES + NEW.size());
  }

  @Test
  void runsThatWereLeftOutStayUntilEverythingIsListedWithoutThem() {
    FaultyBlobStore blobs = sound.afterKill(1);
    blobs.truncate(OLD_RUN, 5000);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    write(index, OLD.subList(0, ENTRIES / 2));
    assertThat(index.dropDamaged(PACKS)).isFalse();
    assertThat(blobs.exists(OLD_RUN)).isTrue();
    write(index, OLD.subList(ENTRIES / 2, ENTRIES));
    assertThat(index.dropDamaged(PACKS)).isTrue();
    assertThat(blobs.exists(OLD_RUN)).isFalse();
    assertThat(missing(index)).isZero();
    assertThat(ChunkIndex.open(blobs, SMALL).findings()).isEmpty();
  }

  @Test
  void aMarkWhoseRunIsGoneHarmsNoLaterRun() {
    FaultyBlobStore blobs = sound.afterKill(1);
    blobs.publish(RunNames.damageMark(3), new byte[0]);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    write(index, pack(3, 200_000, 100));
    assertThat(ChunkIndex.open(blobs, SMALL).findings()).isEmpty();
    index.merge(ANY);
    assertThat(ChunkIndex.open(blobs, SMALL).findings()).isEmpty();
  }

  @Test
  void aScanLeavesNothingOutInSilence() {
    FaultyBlobStore blobs = damagedBlock(7);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertCorrupt(() -> scan(index, ANY));
    assertThat(index.findings()).hasSize(1);
    assertCorrupt(() -> index.cursor(ANY).close());
  }

  @Test
  void aMergeLeavesADamagedRunAndThoseBeforeItAsTheyAre() {
    FaultyBlobStore blobs = damagedBlock(7);
    IndexSettings settings = new IndexSettings(100, 0, 2);
    ChunkIndex index = ChunkIndex.open(blobs, settings);
    for (int pack = 3; pack < 9; pack++) {
      write(index, pack(pack, 1000 * pack, 100));
    }
    index.compact(ANY);
    assertThat(index.findings()).hasSize(1);
    index.merge(ANY);
    assertThat(blobs.exists(OLD_RUN)).isTrue();
    assertThat(blobs.list("tmp")).isEmpty();
    // The damaged run, its mark, and one or two for all the others.
    assertThat(blobs.list("index").size()).isLessThanOrEqualTo(4);
    for (int pack = 3; pack < 9; pack++) {
      for (Entry entry : pack(pack, 1000 * pack, 100)) {
        assertThat(index.find(entry.id(), ANY)).contains(entry.place());
      }
    }
    assertThat(missing(index)).isEqualTo(RunFormat.BLOCK_ENTRIES);
  }

  @Test
  void checkNamesEachDamagedRunOnce() {
    FaultyBlobStore blobs = damagedBlock(7);
    blobs.flipBit(RunNames.run(2), (int) RunFormat.lineOffset(1) + 3, 1);
    ChunkIndex index = ChunkIndex.open(blobs, new IndexSettings(100, 0, 3));
    assertThat(index.check(new Cancellation())).hasSize(2);
    assertThat(index.findings()).hasSize(2);
    Cancellation cancelled = new Cancellation();
    cancelled.request();
    assertThatThrownBy(() -> index.check(cancelled))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
  }

  @Test
  void checkSeesATailThatRottedAfterItWasRead() {
    FaultyBlobStore blobs = sound.afterKill(1);
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    blobs.flipBit(OLD_RUN, (int) blobs.size(OLD_RUN) - RunFormat.FOOTER_BYTES - 1, 0);
    assertThat(index.check(new Cancellation())).hasSize(1);
  }

  @Test
  void forgedRunsWithRightChecksumsThrowNothingUnexpected() {
    Random random = new Random(1);
    byte[] file = sound.readAll(OLD_RUN);
    int blocks = RunFormat.blocks(ENTRIES);
    for (int round = 0; round < 600; round++) {
      byte[] forged = file.clone();
      int start =
          switch (round % 3) {
            case 0 -> (int) RunFormat.blockOffset(round % blocks);
            case 1 -> (int) RunFormat.tailOffset(blocks);
            default -> forged.length - RunFormat.FOOTER_BYTES;
          };
      int end = round % 3 == 0 ? start + RunFormat.PAGE_BYTES : forged.length;
      for (int i = random.nextInt(4); i >= 0; i--) {
        forged[start + random.nextInt(end - start)] = (byte) random.nextInt();
      }
      RunFiles.withBlockChecksum(forged, round % blocks);
      RunFiles.withTailChecksum(forged, blocks);
      FaultyBlobStore blobs = new FaultyBlobStore(1);
      blobs.publish(OLD_RUN, forged);
      useAll(blobs, round);
    }
  }

  @Test
  void randomFilesAreNoRuns() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      FaultyBlobStore blobs = new FaultyBlobStore(1);
      blobs.publish(OLD_RUN, bytes);
      ChunkIndex index = ChunkIndex.open(blobs, SMALL);
      assertThat(index.findings()).hasSize(1);
      assertThat(index.entries()).isZero();
    }
  }

  private static void useAll(FaultyBlobStore blobs, int round) {
    try (ChunkIndex index =
        ChunkIndex.open(blobs, new IndexSettings(100, round % 2 * 10_000L, 1))) {
      for (int i = 0; i < ENTRIES; i += 1 + ENTRIES / 50) {
        index.find(OLD.get(i).id(), ANY);
      }
      index.uncovered(1, 1000);
      index.damaged(ANY);
      index.check(new Cancellation());
      write(index, NEW);
      index.merge(ANY);
      index.compact(ANY);
      scan(index, ANY);
    } catch (StillpointException e) {
      assertThat(e.kind()).isIn(ErrorKind.CORRUPT_DATA, ErrorKind.CONFLICT);
    }
  }

  private FaultyBlobStore damagedBlock(int block) {
    FaultyBlobStore blobs = sound.afterKill(1);
    blobs.flipBit(OLD_RUN, (int) RunFormat.blockOffset(block) + 100, 2);
    return blobs;
  }

  private static int missing(ChunkIndex index) {
    return (int) OLD.stream().filter(entry -> index.find(entry.id(), ANY).isEmpty()).count();
  }

  private static void assertNeverWrong(
      FaultyBlobStore blobs, IndexSettings settings, String where) {
    ChunkIndex index = ChunkIndex.open(blobs, settings);
    boolean missing = false;
    for (Entry entry : OLD) {
      Optional<ChunkPlace> found = index.find(entry.id(), ANY);
      found.ifPresent(place -> assertThat(place.samePlace(entry.place())).as(where).isTrue());
      missing |= found.isEmpty();
    }
    for (Entry entry : NEW) {
      assertThat(index.find(entry.id(), ANY)).contains(entry.place());
    }
    if (missing) {
      assertThat(index.findings()).as(where).isNotEmpty();
      assertThat(index.uncovered(1, 10L * ENTRIES)).as(where).isNotEmpty();
    } else {
      index.check(new Cancellation());
    }
  }

  private static void assertOpensWithout(FaultyBlobStore blobs) {
    ChunkIndex index = ChunkIndex.open(blobs, SMALL);
    assertThat(index.findings()).hasSize(1).first().asString().contains("index");
    assertThat(index.entries()).isEqualTo(NEW.size());
    assertThat(index.uncovered(1, 10L * ENTRIES)).hasSize(1);
    assertThat(blobs.exists(OLD_RUN)).isTrue();
  }

  private static void assertCorrupt(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT_DATA));
  }
}
