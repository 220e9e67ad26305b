package dev.stillpoint.repository.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkIndexTest {

  private final Random random = new Random(1);
  private final ChunkIndex index = new ChunkIndex();

  private ChunkId id() {
    return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static ChunkPlace place(int number) {
    return new ChunkPlace(number, 10 * number, 100 + number, false);
  }

  @Test
  void findsEveryChunkOfManyAndNoOther() {
    Map<ChunkId, ChunkPlace> expected = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      ChunkId id = id();
      expected.put(id, place(i));
      index.put(id, place(i));
    }
    expected.forEach((id, place) -> assertThat(index.find(id)).contains(place));
    for (int i = 0; i < 1000; i++) {
      assertThat(index.find(id())).isEmpty();
      assertThat(index.knows(id())).isFalse();
    }
  }

  @Test
  void tellsIdsApartThatDifferInTheLastBitOnly() {
    index.put(new ChunkId(1, 2, 3, 4), place(1));
    index.put(new ChunkId(1, 2, 3, 5), place(2));
    assertThat(index.find(new ChunkId(1, 2, 3, 4))).contains(place(1));
    assertThat(index.find(new ChunkId(1, 2, 3, 5))).contains(place(2));
    assertThat(index.find(new ChunkId(1, 2, 3, 6))).isEmpty();
  }

  @Test
  void cuttingTheEndBringsTheEarlierEntriesBack() {
    Map<ChunkId, ChunkPlace> kept = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      ChunkId id = id();
      kept.put(id, place(i));
      index.put(id, place(i));
    }
    kept.keySet().forEach(id -> index.put(id, place(77)));
    ChunkId added = id();
    index.put(added, place(1));
    index.truncate(10_000);
    assertThat(index.size()).isEqualTo(10_000);
    kept.forEach((id, place) -> assertThat(index.find(id)).contains(place));
    assertThat(index.find(added)).isEmpty();
    index.put(added, place(2));
    assertThat(index.find(added)).contains(place(2));
  }

  @Test
  void aDamagedChunkHasAPlaceButIsNotKnownUntilItIsStoredAgain() {
    ChunkId id = id();
    index.put(id, place(1));
    index.markDamaged(id, place(2));
    assertThat(index.knows(id)).as("marked at another place").isTrue();
    index.markDamaged(id, place(1));
    index.markDamaged(id, place(1));
    assertThat(index.size()).isEqualTo(2);
    assertThat(index.knows(id)).isFalse();
    assertThat(index.damaged()).isEqualTo(1);
    assertThat(index.find(id)).contains(place(1).asDamaged());
    index.put(id, place(3));
    assertThat(index.knows(id)).isTrue();
    assertThat(index.damaged()).isZero();
    index.truncate(2);
    assertThat(index.damaged()).isEqualTo(1);
    index.put(id, place(3));
    index.markDamaged(id, place(1));
    assertThat(index.knows(id)).as("a late mark for the old place").isTrue();
  }

  @Test
  void aCopyHoldsTheNewestOfEachChunkWithinItsBounds() {
    ChunkId twice = id();
    ChunkId once = id();
    index.put(twice, place(1));
    index.put(once, place(2));
    index.put(twice, place(3).asDamaged());
    index.put(once, place(4));
    ByteBuffer copy = ByteBuffer.wrap(index.copy(0, 3));
    assertThat(copy.remaining()).isEqualTo(2 * ChunkIndex.ENTRY_BYTES);
    assertThat(ChunkId.read(copy)).isEqualTo(once);
    assertThat(ChunkIndex.readPlace(copy)).isEqualTo(place(2));
    assertThat(ChunkId.read(copy)).isEqualTo(twice);
    assertThat(ChunkIndex.readPlace(copy)).isEqualTo(place(3).asDamaged());
  }
}
