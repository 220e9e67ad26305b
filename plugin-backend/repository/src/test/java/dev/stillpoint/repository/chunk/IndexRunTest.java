package dev.stillpoint.repository.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexRunTest {

  private final Random random = new Random(1);

  @Test
  void keepsEntriesInTheUnsignedOrderOfTheirIds() {
    ChunkIndex index = new ChunkIndex();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      // Few different first halves, so that the sort has ties to break.
      long first = ((long) random.nextInt(50) - 25) << 32;
      ChunkId id = new ChunkId(first, random.nextLong(), i, 0);
      index.put(id, new ChunkPlace(i, i, 100, false));
      expected.add(id.toString());
    }
    expected.sort(Comparator.naturalOrder());
    byte[] file = IndexRun.encode(0, List.of(), index.copy(0, index.size()));
    List<String> ids = new ArrayList<>();
    IndexRun.decode(file)
        .orElseThrow()
        .forEach(
            (id, place) -> {
              ids.add(id.toString());
              assertThat(index.find(id)).contains(place);
            });
    assertThat(ids).isEqualTo(expected);
  }

  @Test
  void keepsItsExtents() {
    List<PackExtent> extents = List.of(new PackExtent(1, 0, 99), new PackExtent(7, 5, 1L << 25));
    IndexRun run = IndexRun.decode(IndexRun.encode(3, extents, new byte[0])).orElseThrow();
    assertThat(run.extents()).isEqualTo(extents);
    assertThat(run.earlierParts()).isEqualTo(3);
  }

  @Test
  void refusesAnUnknownVersionButTakesDamageForDamage() {
    byte[] file = IndexRun.encode(0, List.of(), new byte[0]);
    file[11] = 9;
    assertThat(IndexRun.decode(file)).isEmpty();
    ChunkId.of(file, 0, file.length - ChunkId.BYTES)
        .write(ByteBuffer.wrap(file, file.length - ChunkId.BYTES, ChunkId.BYTES));
    assertThatThrownBy(() -> IndexRun.decode(file))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void neverThrowsOnNoise() {
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThat(IndexRun.decode(noise)).isEmpty();
    }
  }
}
