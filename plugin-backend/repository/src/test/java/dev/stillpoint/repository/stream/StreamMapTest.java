package dev.stillpoint.repository.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.NodeStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamMapTest {

  private final MemoryNodes nodes = new MemoryNodes();

  @Test
  void findsTheChunkOfEveryByte() {
    List<StreamChunk> chunks = chunks(1000, 1, 40);
    StreamMapReader reader = new StreamMapReader(nodes, write(chunks));

    for (StreamChunk chunk : chunks) {
      for (long at = chunk.start(); at < chunk.start() + chunk.length(); at++) {
        assertThat(reader.find(at)).isEqualTo(chunk);
      }
    }
  }

  @Test
  void findsChunksAtRandomInThreeLevels() {
    List<StreamChunk> chunks = chunks(256 * 256 + 1, 2, 256 * 1024);
    StreamMap map = write(chunks);
    StreamMapReader reader = new StreamMapReader(nodes, map);
    Random random = new Random(3);

    assertThat(map.lengthBytes()).isEqualTo(end(chunks));
    for (int i = 0; i < 20_000; i++) {
      StreamChunk chunk = chunks.get(random.nextInt(chunks.size()));
      assertThat(reader.find(chunk.start() + random.nextInt(chunk.length()))).isEqualTo(chunk);
    }
  }

  @Test
  void readsOneNodePerLevel() {
    StreamMap map = write(chunks(256 * 256 + 1, 4, 1000));
    nodes.loads = 0;

    new StreamMapReader(nodes, map).find(map.lengthBytes() / 3);

    assertThat(nodes.loads).isEqualTo(3);
  }

  @Test
  void isAsLowAsItCanBe() {
    write(chunks(1, 5, 100));
    assertThat(nodes.stored).hasSize(1);
    nodes.stored.clear();

    write(chunks(256, 5, 100));
    assertThat(nodes.stored).hasSize(1);
    nodes.stored.clear();

    write(chunks(257, 5, 100));
    assertThat(nodes.stored).hasSize(3);
    nodes.stored.clear();

    write(chunks(256 * 256, 5, 100));
    assertThat(nodes.stored).hasSize(257);
  }

  @Test
  void keepsHoles() {
    StreamMapWriter writer = new StreamMapWriter(nodes);
    writer.append(id(1), 10);
    writer.append(ChunkId.HOLE, 20);
    writer.append(id(2), 5);
    StreamMapReader reader = new StreamMapReader(nodes, writer.finish());

    assertThat(reader.find(29)).isEqualTo(new StreamChunk(ChunkId.HOLE, 10, 20));
    assertThat(reader.find(30)).isEqualTo(new StreamChunk(id(2), 30, 5));
  }

  @Test
  void anEmptyStreamStoresNothing() {
    StreamMap empty = new StreamMapWriter(nodes).finish();

    assertThat(empty).isEqualTo(new StreamMap(ChunkId.HOLE, 0));
    assertThat(nodes.stored).isEmpty();
    assertThat(kindOf(() -> new StreamMapReader(nodes, empty).find(0)))
        .isEqualTo(ErrorKind.BAD_REQUEST);
  }

  @Test
  void refusesToReadBeyondItsEnds() {
    StreamMap map = write(chunks(300, 6, 50));
    StreamMapReader reader = new StreamMapReader(nodes, map);

    assertThat(kindOf(() -> reader.find(map.lengthBytes()))).isEqualTo(ErrorKind.BAD_REQUEST);
    assertThat(kindOf(() -> reader.find(-1))).isEqualTo(ErrorKind.BAD_REQUEST);
  }

  @Test
  void refusesChunksWithoutBytes() {
    StreamMapWriter writer = new StreamMapWriter(nodes);

    assertThatThrownBy(() -> writer.append(id(1), 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalStreamsHaveEqualRootsAndABeginningIsShared() {
    StreamMap first = write(chunks(1000, 7, 5000));
    assertThat(write(chunks(1000, 7, 5000))).isEqualTo(first);

    int before = nodes.stored.size();
    write(chunks(1100, 7, 5000));
    assertThat(nodes.stored.size() - before).as("two leaves of five and the root").isEqualTo(3);
  }

  @Test
  void tellsAVisitorOfAllChunksInOrder() {
    List<StreamChunk> chunks = chunks(600, 8, 100);
    StreamMap map = write(chunks);
    Recorder recorder = new Recorder();

    new StreamMapReader(nodes, map).visit(recorder);

    assertThat(recorder.chunks).isEqualTo(chunks);
    assertThat(recorder.gaps).isEmpty();
  }

  @Test
  void tellsAVisitorWhatADamagedNodeHides() {
    List<StreamChunk> chunks = chunks(600, 9, 100);
    StreamMap map = write(chunks);
    nodes.stored.remove(nodes.order.get(1));
    Recorder recorder = new Recorder();

    new StreamMapReader(nodes, map).visit(recorder);

    assertThat(recorder.gaps)
        .containsExactly(chunks.get(256).start() + "-" + chunks.get(512).start());
    assertThat(recorder.chunks).hasSize(600 - 256);
  }

  @Test
  void everyFlippedBitOfAHeaderAndOfALengthIsFound() {
    StreamMap map = write(chunks(3, 10, 100));
    byte[] sound = nodes.stored.get(map.root());
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      positions.add(i);
    }
    for (int i = 40; i < 48; i++) {
      positions.add(i);
    }
    for (int position : positions) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = sound.clone();
        damaged[position] ^= (byte) (1 << bit);
        nodes.stored.put(map.root(), damaged);
        assertThat(kindOf(() -> new StreamMapReader(nodes, map).find(0)))
            .as("byte %d, bit %d", position, bit)
            .isEqualTo(ErrorKind.CORRUPT_DATA);
      }
    }
  }

  @Test
  void aNodeCutShortIsFound() {
    StreamMap map = write(chunks(3, 11, 100));
    nodes.stored.put(map.root(), new byte[100]);

    assertThat(kindOf(() -> new StreamMapReader(nodes, map).find(0)))
        .isEqualTo(ErrorKind.CORRUPT_DATA);
  }

  private StreamMap write(List<StreamChunk> chunks) {
    StreamMapWriter writer = new StreamMapWriter(nodes);
    chunks.forEach(chunk -> writer.append(chunk.id(), chunk.length()));
    return writer.finish();
  }

  private static List<StreamChunk> chunks(int count, long seed, int maxBytes) {
    Random random = new Random(seed);
    List<StreamChunk> chunks = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < count; i++) {
      StreamChunk chunk =
          new StreamChunk(id(random.nextLong()), start, 1 + random.nextInt(maxBytes));
      chunks.add(chunk);
      start += chunk.length();
    }
    return chunks;
  }

  private static long end(List<StreamChunk> chunks) {
    StreamChunk last = chunks.get(chunks.size() - 1);
    return last.start() + last.length();
  }

  private static ChunkId id(long number) {
    return ChunkId.of(ByteBuffer.allocate(8).putLong(number).array(), 0, 8);
  }

  private static ErrorKind kindOf(Runnable action) {
    try {
      action.run();
    } catch (StillpointException e) {
      return e.kind();
    }
    throw new AssertionError("No error");
  }

  private static final class MemoryNodes implements NodeStore {
    private final Map<ChunkId, byte[]> stored = new HashMap<>();
    private final List<ChunkId> order = new ArrayList<>();
    private int loads;

    @Override
    public ChunkId store(byte[] node) {
      ChunkId id = ChunkId.of(node, 0, node.length);
      stored.put(id, node.clone());
      order.add(id);
      return id;
    }

    @Override
    public byte[] load(ChunkId id, int lengthBytes) {
      loads++;
      byte[] node = stored.get(id);
      if (node == null) {
        throw new StillpointException(ErrorKind.CORRUPT_DATA, "No node " + id, "");
      }
      return node.clone();
    }
  }

  private static final class Recorder implements StreamVisitor {
    private final List<StreamChunk> chunks = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    @Override
    public void chunk(StreamChunk chunk) {
      chunks.add(chunk);
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      gaps.add(from + "-" + to);
    }
  }
}
