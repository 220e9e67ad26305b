package dev.stillpoint.repository.reserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReservedBlobStoreTest {

  private static final int PAGE = 4096;
  private static final int PIECE = 25 * PAGE;

  /** What is claimed on top, for small blobs. */
  private static final int CHANGE = 16 * (PIECE / 512) + 2 * (PIECE / 2);

  private static final Optional<ByteCount> RESERVE = size(10 * PIECE);

  private final FaultyBlobStore disk = new FaultyBlobStore(1);

  private static Optional<ByteCount> size(long bytes) {
    return Optional.of(ByteCount.ofBytes(bytes));
  }

  private ReservedBlobStore open() {
    return ReservedBlobStore.open(disk, RESERVE, PIECE);
  }

  private static BlobName pack(int number) {
    return BlobName.of("packs", number + ".pack");
  }

  private static BlobName point(int number) {
    return BlobName.of("points", number + ".manifest");
  }

  private static void outOfSpace(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .hasMessageContainingAll(words)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
              assertThat(e.remedy()).isNotEmpty();
            });
  }

  private static long lengthsInPages(FaultyBlobStore disk) {
    List<Long> pages = new ArrayList<>();
    disk.forEach(entry -> pages.add((entry.sizeBytes() + PAGE - 1) / PAGE * PAGE));
    return pages.stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void claimsTheWholeReserveWhenItIsOpened() {
    Reserve reserve = open().reserve();
    assertThat(reserve.claimed().bytes()).isEqualTo(10 * PIECE);
    assertThat(disk.takenBytes()).isEqualTo(10 * PIECE + CHANGE);
    assertThat(reserve.used()).isEqualTo(ByteCount.ZERO);
  }

  @Test
  void aPackTakesTheSpaceThatWasClaimedAndGivesBackWhatItDoesNotNeed() {
    ReservedBlobStore blobs = open();
    // Nothing but what is claimed is left, so the pack cannot come from anywhere else.
    disk.limitSpace(0);
    try (BlobAppender pack = blobs.create(pack(1))) {
      assertThat(disk.list("ballast")).hasSize(9);
      pack.append(new byte[5000], 0, 5000);
      pack.append(new byte[60_000], 0, 60_000);
      assertThat(blobs.reserve().used().bytes()).isEqualTo(16 * PAGE);
      assertThat(blobs.reserve().claimed().bytes()).isEqualTo(10 * PIECE - 16 * PAGE);
    }
    assertThat(disk.size(pack(1))).isEqualTo(65_000);
    // The rest of the piece is less than a piece: with what is used the reserve is not whole.
    assertThat(disk.free().bytes()).isEqualTo(PIECE - 65_000);
    disk.limitSpace(2 * PIECE);
    try (BlobAppender second = blobs.create(pack(2))) {
      second.append(new byte[1], 0, 1);
    }
    assertThat(disk.takenBytes()).isBetween(10L * PIECE + CHANGE, 11L * PIECE + CHANGE);
  }

  @Test
  void whatWouldGrowBeyondTheReserveIsRefusedAndTheListOfPointsHasTheLastPart() {
    ReservedBlobStore blobs = open();
    int number = 0;
    try {
      while (number < 20) {
        number++;
        try (BlobAppender pack = blobs.create(pack(number))) {
          pack.append(new byte[PIECE], 0, PIECE);
        }
      }
    } catch (StillpointException expected) {
      assertThat(expected).hasMessageContaining("is full: it uses");
    }
    assertThat(number).isEqualTo(10);
    assertThat(blobs.reserve().free().bytes()).isLessThan(PIECE + PAGE);
    for (int small = 0; blobs.reserve().free().bytes() > 0; small++) {
      fillOnePage(blobs, 100 + small);
    }
    blobs.publish(point(1), new byte[PAGE]);
    outOfSpace(() -> blobs.publish(point(2), new byte[2 * PIECE]), "memory is full", "reserve of");
    assertThat(blobs.reserve().used()).isLessThanOrEqualTo(RESERVE.orElseThrow());
    blobs.delete(pack(3));
    fillOnePage(blobs, 300);
    assertThat(blobs.reserve().used().bytes()).isEqualTo(lengthsInPages(disk));
  }

  private static void fillOnePage(ReservedBlobStore blobs, int number) {
    try (BlobAppender pack = blobs.create(pack(number))) {
      pack.append(new byte[PAGE], 0, PAGE);
    } catch (StillpointException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
      blobs.publish(point(number), new byte[PAGE]);
    }
  }

  @Test
  void aPointIsListedThoughOthersFilledTheDisk() {
    ReservedBlobStore blobs = open();
    for (int number = 1; number <= 8; number++) {
      disk.limitSpace(0);
      blobs.publish(point(number), new byte[3000]);
      blobs.publish(point(1), new byte[142 + number]);
      assertThat(disk.size(point(number))).isGreaterThan(100);
    }
    assertThat(disk.size(point(1))).isEqualTo(150);
    // The change was used up first, then pieces of the ballast were broken.
    assertThat(disk.list("ballast")).hasSizeBetween(1, 9);
    assertThat(blobs.reserve().used().bytes()).isEqualTo(8 * PAGE);
    disk.limitSpace(0);
    outOfSpace(() -> blobs.publish(point(99), new byte[20 * PIECE]), "is full");
  }

  @Test
  void withoutAReserveAFullDiskIsSimplyFull() {
    ReservedBlobStore blobs = ReservedBlobStore.open(disk, Optional.empty(), PIECE);
    disk.limitSpace(100);
    assertThatThrownBy(() -> blobs.publish(point(1), new byte[200]))
        .hasMessageContaining("memory is full");
    assertThat(disk.takenBytes()).isZero();
  }

  @Test
  void claimsAgainWhatWasDeleted() {
    ReservedBlobStore blobs = open();
    for (int number = 1; number <= 5; number++) {
      try (BlobAppender pack = blobs.create(pack(number))) {
        pack.append(new byte[PIECE], 0, PIECE);
      }
    }
    assertThat(disk.list("ballast")).hasSize(5);
    for (int number = 1; number <= 5; number++) {
      blobs.delete(pack(number));
    }
    assertThat(disk.list("ballast")).hasSize(10);
    assertThat(blobs.reserve().used()).isEqualTo(ByteCount.ZERO);
  }

  @Test
  void saysHowMuchIsClaimedWhereTheFileSystemCannotClaim() {
    disk.cannotClaim();
    ReservedBlobStore blobs = open();
    assertThat(blobs.reserve().claimed()).isEqualTo(ByteCount.ZERO);
    try (BlobAppender pack = blobs.create(pack(1))) {
      pack.append(new byte[PIECE], 0, PIECE);
      outOfSpace(() -> pack.append(new byte[10 * PIECE], 0, 10 * PIECE), "is full");
    }
  }

  @Test
  void countsOnOpeningWhatAnEarlierProcessLeftAndGivesItsRoomBack() {
    ReservedBlobStore killed = open();
    BlobAppender pack = killed.create(pack(1));
    pack.append(new byte[10], 0, 10);
    killed.publish(point(1), new byte[PAGE + 1]);
    FaultyBlobStore left = disk.afterKill(1);
    ReservedBlobStore blobs = ReservedBlobStore.open(left, RESERVE, PIECE);
    assertThat(blobs.reserve().used().bytes()).isEqualTo(3 * PAGE);
    assertThat(left.claims().room(pack(1))).isZero();
    assertThat(left.takenBytes()).isBetween(10L * PIECE + CHANGE, 11L * PIECE + CHANGE);
    assertThat(blobs.reserve().claimed().bytes()).isGreaterThanOrEqualTo(10 * PIECE - 3 * PAGE);
  }

  @Test
  void removesHalfMadeAndForeignBallast() {
    disk.claims().claim(BlobName.of("ballast", "0000000000000007"), PIECE / 2);
    disk.claims().claim(BlobName.of("ballast", "0000000000000009"), PIECE);
    disk.publish(BlobName.of("ballast", "000000000000000b"), new byte[10]);
    disk.publish(BlobName.of("ballast", "else"), new byte[0]);
    open();
    assertThat(disk.list("ballast"))
        .hasSize(10)
        .extracting(entry -> entry.name().file())
        .contains("0000000000000009")
        .doesNotContain("0000000000000007", "000000000000000b", "else");
    assertThat(disk.takenBytes()).isEqualTo(10 * PIECE + CHANGE);
  }

  @Test
  void theAccountIsExactAfterAnyWork() {
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      FaultyBlobStore store = new FaultyBlobStore(round);
      ReservedBlobStore blobs = ReservedBlobStore.open(store, RESERVE, PIECE);
      List<BlobAppender> open = new ArrayList<>();
      for (int step = 0; step < 150; step++) {
        tolerateFull(() -> work(random, store, blobs, open));
        assertThat(blobs.reserve().used()).isLessThanOrEqualTo(RESERVE.orElseThrow());
        assertThat(store.takenBytes()).isLessThan(11 * PIECE + CHANGE + PAGE);
      }
      open.forEach(BlobAppender::close);
      assertThat(blobs.reserve().used().bytes()).isEqualTo(lengthsInPages(store));
      store.limitSpace(Long.MAX_VALUE);
      blobs.delete(pack(0));
      assertThat(store.takenBytes()).isBetween(10L * PIECE + CHANGE, 11L * PIECE + CHANGE);
      Reserve again = ReservedBlobStore.open(store, RESERVE, PIECE).reserve();
      assertThat(again.used()).isEqualTo(blobs.reserve().used());
      assertThat(again.claimed()).isEqualTo(blobs.reserve().claimed());
    }
  }

  private static void work(
      Random random, FaultyBlobStore store, ReservedBlobStore blobs, List<BlobAppender> open) {
    int number = random.nextInt(30);
    switch (random.nextInt(7)) {
      case 0 -> {
        if (!blobs.exists(pack(number))) {
          open.add(blobs.create(pack(number)));
        }
      }
      case 1, 2 -> {
        if (!open.isEmpty()) {
          append(open, random);
        }
      }
      case 3 -> {
        if (!open.isEmpty()) {
          open.remove(0).close();
        }
      }
      case 4 -> blobs.publish(point(number), new byte[random.nextInt(30_000)]);
      case 5 -> blobs.delete(point(number));
      default -> store.limitSpace(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(PIECE));
    }
  }

  private static void append(List<BlobAppender> open, Random random) {
    BlobAppender appender = open.get(random.nextInt(open.size()));
    try {
      appender.append(new byte[PIECE], 0, 1 + random.nextInt(20_000));
    } catch (StillpointException e) {
      // The owner of a blob that failed gives it up.
      open.remove(appender);
      appender.close();
      throw e;
    }
  }

  private static void tolerateFull(Runnable work) {
    try {
      work.run();
    } catch (StillpointException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
    }
  }
}
