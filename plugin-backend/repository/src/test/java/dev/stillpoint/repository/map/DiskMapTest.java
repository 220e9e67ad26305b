package dev.stillpoint.repository.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiskMapTest {

  private final MemoryNodes nodes = new MemoryNodes();
  private final Random random = new Random(1);

  private static ChunkId id(long number) {
    byte[] content = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return ChunkId.of(content, 0, content.length);
  }

  private DiskMapWriter writer(ChunkId base) {
    return new DiskMapWriter(nodes, base);
  }

  private Map<Long, ChunkId> content(ChunkId root) {
    Map<Long, ChunkId> content = new TreeMap<>();
    new DiskMapReader(nodes, root).visit(new Collector(content));
    return content;
  }

  private Map<Long, ChunkId> content(ChunkId root, long from, long to) {
    Map<Long, ChunkId> content = new TreeMap<>();
    new DiskMapReader(nodes, root).visit(from, to, new Collector(content));
    return content;
  }

  @Test
  void returnsWhatWasSetAcrossTheWholeRange() {
    Map<Long, ChunkId> expected = new TreeMap<>();
    DiskMapWriter writer = writer(ChunkId.HOLE);
    for (long chunk : List.of(0L, 255L, 256L, 65_536L, 1L << 24, DiskMap.MAX_CHUNKS - 1)) {
      writer.set(chunk, id(chunk));
      expected.put(chunk, id(chunk));
    }
    DiskMap map = writer.finish();
    assertThat(map.dataChunks()).isEqualTo(6);
    assertThat(content(map.root())).isEqualTo(expected);
    DiskMapReader reader = new DiskMapReader(nodes, map.root());
    expected.forEach((chunk, id) -> assertThat(reader.get(chunk)).isEqualTo(id));
    assertThat(reader.get(1)).isEqualTo(ChunkId.HOLE);
    assertThat(reader.get(1L << 30)).isEqualTo(ChunkId.HOLE);
  }

  @Test
  void holdsFewNodesInMemoryAndLosesNone() {
    // Each chunk touches a leaf of its own, three times as many as are held; some twice.
    Map<Long, ChunkId> expected = new TreeMap<>();
    DiskMapWriter writer = writer(ChunkId.HOLE);
    for (int i = 0; i < 4 * DiskMapWriter.CACHED_NODES; i++) {
      long chunk = random.nextInt(3 * DiskMapWriter.CACHED_NODES) * 256L + random.nextInt(256);
      writer.set(chunk, id(i));
      expected.put(chunk, id(i));
    }
    assertThat(nodes.content).isNotEmpty();
    DiskMap map = writer.finish();
    assertThat(content(map.root())).isEqualTo(expected);
    assertThat(map.dataChunks()).isEqualTo(expected.size());
  }

  @Test
  void clearsAnyRangeAndSetsWithinItAgain() {
    for (int round = 0; round < 60; round++) {
      NavigableMap<Long, ChunkId> expected = new TreeMap<>();
      ChunkId root = ChunkId.HOLE;
      for (int generation = 0; generation < 3; generation++) {
        DiskMapWriter writer = writer(root);
        for (int step = 0; step < 12; step++) {
          change(writer, expected);
        }
        root = writer.finish().root();
        assertThat(content(root)).isEqualTo(expected);
        long from = random.nextLong(200_000);
        long to = from + random.nextLong(100_000);
        assertThat(content(root, from, to)).isEqualTo(expected.subMap(from, true, to, false));
      }
    }
  }

  @Test
  void tellsOfAPartWithoutLoadingTheRest() {
    DiskMapWriter writer = writer(ChunkId.HOLE);
    for (long chunk = 0; chunk < DiskMap.MAX_CHUNKS; chunk += DiskMap.MAX_CHUNKS / 64) {
      writer.set(chunk, id(chunk));
    }
    ChunkId root = writer.finish().root();
    long chunk = DiskMap.MAX_CHUNKS / 2;
    nodes.loads = 0;
    assertThat(content(root, chunk, chunk + 500)).containsOnlyKeys(chunk);
    assertThat(nodes.loads).as("one node of each level").isEqualTo(MapNode.LEVELS);
    assertThat(content(root, chunk + 1, DiskMap.MAX_CHUNKS)).hasSize(31);
    assertThat(content(root, chunk, chunk)).isEmpty();
  }

  private void change(DiskMapWriter writer, NavigableMap<Long, ChunkId> expected) {
    long from = random.nextLong(200_000);
    if (random.nextInt(3) == 0) {
      long to = from + (random.nextBoolean() ? random.nextLong(500) : random.nextLong(140_000));
      writer.clear(from, to);
      expected.subMap(from, true, to, false).clear();
    } else {
      for (int i = 0; i < 20; i++) {
        long chunk = from + random.nextInt(600);
        writer.set(chunk, id(chunk + random.nextInt(2)));
        expected.put(chunk, writer.get(chunk));
      }
    }
  }

  @Test
  void sharesUnchangedNodes() {
    DiskMapWriter full = writer(ChunkId.HOLE);
    for (long chunk = 0; chunk < 20_000; chunk++) {
      full.set(chunk, id(chunk));
    }
    DiskMap base = full.finish();
    int before = nodes.content.size();
    DiskMapWriter increment = writer(base.root());
    increment.set(10_000, id(-1));
    increment.finish();
    assertThat(nodes.content).as("the path to the root").hasSize(before + MapNode.LEVELS);
    assertThat(writer(base.root()).finish()).isEqualTo(base);
  }

  @Test
  void isAHoleWhenEverythingIsCleared() {
    DiskMapWriter writer = writer(ChunkId.HOLE);
    writer.set(70_000, id(1));
    DiskMapWriter second = writer(writer.finish().root());
    second.clear(0, DiskMap.MAX_CHUNKS);
    assertThat(second.finish()).isEqualTo(new DiskMap(ChunkId.HOLE, 0));
    DiskMapWriter third = writer(ChunkId.HOLE);
    third.set(5, id(1));
    third.set(5, ChunkId.HOLE);
    assertThat(third.finish()).isEqualTo(new DiskMap(ChunkId.HOLE, 0));
  }

  @Test
  void goesOnBehindADamagedNodeAndSaysWhatIsUnknown() {
    DiskMapWriter writer = writer(ChunkId.HOLE);
    for (long chunk = 0; chunk < 1000; chunk++) {
      writer.set(chunk, id(chunk));
    }
    DiskMap map = writer.finish();
    ChunkId secondLeaf = leafOf(300);
    nodes.content.remove(secondLeaf);
    Map<Long, ChunkId> content = new TreeMap<>();
    Collector collector = new Collector(content);
    new DiskMapReader(nodes, map.root()).visit(collector);
    assertThat(content).hasSize(1000 - 256).doesNotContainKey(256L).doesNotContainKey(511L);
    assertThat(collector.unknown).containsExactly(256L, 512L);
  }

  private ChunkId leafOf(long chunk) {
    return nodes.content.entrySet().stream()
        .filter(node -> node.getValue().length == MapNode.lengthBytes(0))
        .filter(node -> MapNode.parse(node.getValue(), 0).id((int) chunk % 256).equals(id(chunk)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesWhatIsNoNode() {
    byte[] node = MapNode.empty(0).content().clone();
    node[4] = 9;
    assertThatThrownBy(() -> MapNode.parse(node, 0)).isInstanceOf(StillpointException.class);
    assertThatThrownBy(() -> MapNode.parse(new byte[10], 0))
        .isInstanceOf(StillpointException.class);
    assertThatThrownBy(() -> MapNode.parse(MapNode.empty(1).content(), 2))
        .isInstanceOf(StillpointException.class);
  }

  private static final class Collector implements MapVisitor {

    private final Map<Long, ChunkId> content;
    private final List<Long> unknown = new ArrayList<>();

    Collector(Map<Long, ChunkId> content) {
      this.content = content;
    }

    @Override
    public void chunk(long chunk, ChunkId id) {
      content.put(chunk, id);
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      unknown.add(from);
      unknown.add(to);
    }
  }
}
