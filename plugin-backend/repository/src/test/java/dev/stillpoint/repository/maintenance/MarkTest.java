package dev.stillpoint.repository.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkSettings;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.chunk.PackQuarantine;
import dev.stillpoint.repository.crypto.ContentCiphers;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.index.IndexSettings;
import dev.stillpoint.repository.map.DiskMapDifference;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.DiskMapWriter;
import dev.stillpoint.repository.map.NodeStore;
import dev.stillpoint.repository.sort.SortedRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mark finds, beside a walk that is so simple that it is plainly right. */
class MarkTest {

  private static final int CHUNKS = 5000;
  private static final ChunkSettings SMALL =
      new ChunkSettings(300_000, 2 * 64 * 1024, 1, new IndexSettings(1000, 1000, 2));

  private final FaultyBlobStore blobs = new FaultyBlobStore(1);
  private final ChunkStore chunks =
      ChunkStore.open(blobs, ContentCiphers.plain(), SMALL, Runnable::run, PackQuarantine.none());
  private final Random random = new Random(1);

  /** What the map of each root needs, by walking all of it. */
  private final Map<ChunkId, Set<ChunkId>> nodesOf = new HashMap<>();

  private final Map<ChunkId, Set<ChunkId>> chunksOf = new HashMap<>();

  @AfterEach
  void close() {
    chunks.close();
  }

  /** Notes which nodes are read. */
  private record Nodes(ChunkStore chunks, ChunkSession session, Set<ChunkId> read)
      implements NodeStore {

    @Override
    public ChunkId store(byte[] node) {
      return session.put(ChunkKind.NODE, node, 0, node.length, stored -> {});
    }

    @Override
    public byte[] load(ChunkId id, int lengthBytes) {
      byte[] node = new byte[lengthBytes];
      chunks.get(id, node, 0, lengthBytes);
      read.add(id);
      return node;
    }
  }

  /** A map like the base, of which so many chunks are another's; not every one is stored. */
  private ChunkId write(ChunkId base, int changes, int contents) {
    try (ChunkSession session = chunks.startSession()) {
      DiskMapWriter map = new DiskMapWriter(new Nodes(chunks, session, new HashSet<>()), base);
      for (int i = 0; i < changes; i++) {
        byte[] content =
            ByteBuffer.allocate(16).putInt(random.nextInt(contents)).putInt(contents).array();
        map.set(
            random.nextInt(CHUNKS),
            session.put(ChunkKind.DATA, content, 0, content.length, stored -> {}));
      }
      ChunkId root = map.finish().root();
      chunks.flush();
      walk(session, root);
      return root;
    }
  }

  private void walk(ChunkSession session, ChunkId root) {
    Set<ChunkId> nodes = new HashSet<>();
    Set<ChunkId> data = new HashSet<>();
    Nodes source = new Nodes(chunks, session, nodes);
    DiskMapReader map = new DiskMapReader(source, root);
    new DiskMapDifference(source).visit(ChunkId.HOLE, root, chunk -> data.add(map.get(chunk)));
    nodesOf.put(root, nodes);
    chunksOf.put(root, data);
  }

  private List<Root> points(int count) {
    List<Root> roots = new ArrayList<>();
    ChunkId one = write(ChunkId.HOLE, 4000, 100_000);
    ChunkId other = write(one, 50, 100_000);
    for (int point = 0; point < count; point++) {
      roots.add(new Root(one, "one"));
      roots.add(new Root(other, point % 3 == 0 ? "" : "other"));
      one = write(one, 40, 100_000);
      other = write(other, 300, 20);
    }
    // A map that belongs to both.
    roots.add(new Root(roots.get(2).id(), "other"));
    return roots;
  }

  private Set<String> expected(List<Root> roots) {
    Set<String> expected = new TreeSet<>();
    for (Root root : roots) {
      for (Set<ChunkId> ids : List.of(nodesOf.get(root.id()), chunksOf.get(root.id()))) {
        ids.forEach(id -> expected.add("%016x %s".formatted(id.word(0), root.owner())));
      }
    }
    return expected;
  }

  private static Set<String> found(Live live) {
    Set<String> found = new TreeSet<>();
    SortedRecords records = live.sorted();
    while (records.next()) {
      ByteBuffer record = ByteBuffer.wrap(records.buffer(), records.offset(), 12);
      long start = record.getLong();
      int owner = record.getInt();
      String name = owner == Live.NOBODY ? "" : live.owners().get(owner);
      found.add("%016x %s".formatted(start, name));
    }
    return found;
  }

  private Mark mark(Live live, long memoryBytes) {
    return new Mark(
        chunks.keeper(),
        new Sorters(blobs, memoryBytes),
        live,
        Mark::refuse,
        new Cancellation(),
        MaintenanceListener.none());
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 20_000, 4_000_000})
  void findsWhatAPlainWalkFindsAndReadsEachNodeOnce(long memoryBytes) {
    List<Root> roots = points(7);
    try (Live live = new Live(new Sorters(blobs, memoryBytes), Live.Keep.STARTS)) {
      mark(live, memoryBytes).add(roots);
      assertThat(found(live)).isEqualTo(expected(roots));
      Set<ChunkId> distinct = new HashSet<>();
      roots.forEach(root -> distinct.addAll(nodesOf.get(root.id())));
      assertThat(live.nodes()).isEqualTo(distinct.size());
    }
    assertThat(blobs.list("tmp")).isEmpty();
  }

  @Test
  void whatIsMarkedLaterIsAdded() {
    List<Root> roots = points(3);
    List<Root> first = roots.subList(0, 2);
    try (Live live = new Live(new Sorters(blobs, 20_000), Live.Keep.STARTS)) {
      mark(live, 20_000).add(first);
      assertThat(found(live)).isEqualTo(expected(first));
      assertThat(live.holds(first.get(0).id())).isTrue();
      assertThat(live.holds(roots.get(2).id())).isFalse();
      mark(live, 20_000).add(roots.subList(2, roots.size()));
      assertThat(found(live)).isEqualTo(expected(roots));
    }
  }

  @Test
  void remembersMostOfWhatManyPointsShare() {
    List<Root> roots = new ArrayList<>();
    ChunkId root = write(ChunkId.HOLE, 20_000, 1_000_000);
    for (int point = 0; point < 20; point++) {
      roots.add(new Root(root, "vm"));
      root = write(root, CHUNKS / 100, 1_000_000);
    }
    try (Live live = new Live(new Sorters(blobs, 1 << 20), Live.Keep.STARTS)) {
      mark(live, 1 << 20).add(roots);
      long distinct = expected(roots).size();
      long told = roots.stream().mapToLong(each -> chunksOf.get(each.id()).size()).sum();
      assertThat(told).as("references of all maps").isGreaterThan(10 * distinct);
      assertThat(live.count()).as("what was sorted").isLessThan(distinct + distinct / 5);
    }
  }

  @Test
  void aMapThatCannotBeReadWhollyIsNotKnown() {
    List<Root> roots = points(2);
    blobs.list("packs").forEach(pack -> blobs.truncate(pack.name(), 1000));
    try (Live live = new Live(new Sorters(blobs, 20_000), Live.Keep.STARTS)) {
      assertThatThrownBy(() -> mark(live, 20_000).add(roots))
          .isInstanceOf(StillpointException.class)
          .hasMessageContaining("cannot be found out");
      assertThat(live.holds(roots.get(0).id())).isFalse();
    }
  }

  @Test
  void aFullDiskIsNotTakenForADamagedMap() {
    List<Root> roots = points(2);
    blobs.limitSpace(1000);
    try (Live live = new Live(new Sorters(blobs, 500), Live.Keep.STARTS)) {
      assertThatThrownBy(() -> mark(live, 500).add(roots))
          .isInstanceOfSatisfying(
              StillpointException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE));
    }
  }
}
