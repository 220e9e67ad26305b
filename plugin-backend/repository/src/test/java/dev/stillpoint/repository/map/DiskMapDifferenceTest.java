package dev.stillpoint.repository.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiskMapDifferenceTest {

  private final MemoryNodes nodes = new MemoryNodes();
  private final DiskMapDifference difference = new DiskMapDifference(nodes);
  private final Random random = new Random(1);

  private static ChunkId id(long number) {
    byte[] content = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return ChunkId.of(content, 0, content.length);
  }

  private ChunkId map(ChunkId base, Map<Long, ChunkId> changes) {
    DiskMapWriter writer = new DiskMapWriter(nodes, base);
    changes.forEach(writer::set);
    return writer.finish().root();
  }

  private List<Long> differing(ChunkId first, ChunkId second) {
    List<Long> chunks = new ArrayList<>();
    difference.visit(first, second, chunks::add);
    return chunks;
  }

  private Map<Long, ChunkId> chunks(long from, long to) {
    Map<Long, ChunkId> chunks = new TreeMap<>();
    for (long chunk = from; chunk < to; chunk++) {
      chunks.put(chunk, id(chunk));
    }
    return chunks;
  }

  @Test
  void findsExactlyWhatDiffersInTheOrderOfTheDisk() {
    for (int round = 0; round < 100; round++) {
      ChunkId base = map(ChunkId.HOLE, randomChunks(300));
      Map<Long, ChunkId> changes = randomChunks(30);
      TreeSet<Long> expected = new TreeSet<>();
      DiskMapReader before = new DiskMapReader(nodes, base);
      changes.forEach(
          (chunk, id) -> {
            if (!before.get(chunk).equals(id)) {
              expected.add(chunk);
            }
          });
      ChunkId changed = map(base, changes);
      assertThat(differing(base, changed)).containsExactlyElementsOf(expected);
      assertThat(differing(changed, base)).containsExactlyElementsOf(expected);
    }
  }

  private Map<Long, ChunkId> randomChunks(int count) {
    Map<Long, ChunkId> chunks = new TreeMap<>();
    long far = random.nextBoolean() ? 2000 : DiskMap.MAX_CHUNKS;
    for (int i = 0; i < count; i++) {
      chunks.put(random.nextLong(far), random.nextInt(4) == 0 ? ChunkId.HOLE : id(i % 20));
    }
    return chunks;
  }

  @Test
  void readsNothingOfEqualMaps() {
    ChunkId root = map(ChunkId.HOLE, chunks(0, 5000));
    nodes.loads = 0;
    assertThat(differing(root, root)).isEmpty();
    assertThat(nodes.loads).isZero();
  }

  @Test
  void readsOnlyTheWaysToTheDifference() {
    ChunkId base = map(ChunkId.HOLE, chunks(0, 100_000));
    ChunkId changed = map(base, Map.of(70_000L, id(-1)));
    nodes.loads = 0;
    assertThat(differing(base, changed)).containsExactly(70_000L);
    assertThat(nodes.loads).isEqualTo(2 * MapNode.LEVELS);
  }

  @Test
  void comparesWithADiskOfZeroes() {
    ChunkId root = map(ChunkId.HOLE, Map.of(3L, id(3), 1L << 30, id(1)));
    assertThat(differing(ChunkId.HOLE, root)).containsExactly(3L, 1L << 30);
    assertThat(differing(root, ChunkId.HOLE)).containsExactly(3L, 1L << 30);
    assertThat(differing(ChunkId.HOLE, ChunkId.HOLE)).isEmpty();
  }

  @Test
  void saysWhenANodeIsMissing() {
    ChunkId base = map(ChunkId.HOLE, chunks(0, 10));
    ChunkId changed = map(base, Map.of(5L, id(-1)));
    nodes.content.remove(changed);
    assertThatThrownBy(() -> differing(base, changed)).isInstanceOf(StillpointException.class);
  }
}
