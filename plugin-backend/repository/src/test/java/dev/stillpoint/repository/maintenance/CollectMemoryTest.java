package dev.stillpoint.repository.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FileBlobStore;
import dev.stillpoint.repository.chunk.ChunkGroup;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkSettings;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.chunk.PackFlusher;
import dev.stillpoint.repository.chunk.PackQuarantine;
import dev.stillpoint.repository.crypto.ContentCiphers;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.index.IndexSettings;
import dev.stillpoint.repository.map.DiskMapWriter;
import dev.stillpoint.repository.map.NodeStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Law 7: a collection and a verification of many more chunks than their ids would fit into the
 * heap.
 */
class CollectMemoryTest {

  /** Their ids alone, as objects in a set, take 80 MB. */
  private static final int CHUNKS = 800_000;

  private static final int CHUNK_BYTES = 16;
  private static final int GROUP = 16;

  @TempDir private Path directory;

  @Test
  void manyChunksAreCollectedAndVerifiedInASmallHeap() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                CollectMemoryTest.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output).doesNotContain("OutOfMemoryError");
    assertThat(child.exitValue()).as(output).isZero();
  }

  /** Throws, so that the process ends with an exit code, when anything is not as it should be. */
  public static void main(String[] args) {
    ChunkSettings settings =
        new ChunkSettings(1 << 20, 256 * 1024, 1, new IndexSettings(1 << 14, 1 << 20, 8));
    try (PackFlusher flusher = new PackFlusher();
        BlobStore blobs = FileBlobStore.open(Path.of(args[0]));
        ChunkStore chunks =
            ChunkStore.open(
                blobs, ContentCiphers.plain(), settings, flusher, PackQuarantine.none())) {
      ChunkId first = write(chunks, ChunkId.HOLE, 1);
      ChunkId second = write(chunks, first, 100);
      List<Root> kept = List.of(new Root(second, "vm"));
      Sorters sorters = new Sorters(blobs, 1 << 20);
      Collector collector =
          new Collector(
              new CollectContext(
                  blobs, chunks, unreadable -> kept, sorters, InstantSource.system(), 0),
              new Unkept(),
              Collector.LoadedQuarantine.load(new Unkept()),
              new UsageFile(new Unkept()));
      CollectReport report =
          collector.collect(
              CollectOptions.standard(), new Cancellation(), MaintenanceListener.none());
      require(report.packsDeleted() > 0, report);
      Checked checked =
          new Verification(chunks.keeper(), sorters, 1)
              .check(kept, Sample.everything(), new Cancellation(), MaintenanceListener.none());
      require(checked.ok() && checked.chunks() == CHUNKS, checked);
    }
  }

  private static void require(boolean right, Object what) {
    if (!right) {
      throw new AssertionError(what.toString());
    }
  }

  /** Every n-th chunk anew. */
  private static ChunkId write(ChunkStore chunks, ChunkId base, int every) {
    try (ChunkSession session = chunks.startSession();
        ChunkGroup group = session.group(ChunkKind.DATA, stored -> {})) {
      DiskMapWriter map = new DiskMapWriter(new Nodes(chunks, session), base);
      byte[] content = new byte[GROUP * CHUNK_BYTES];
      for (int chunk = 0; chunk < CHUNKS; chunk += every) {
        int inGroup = chunk / every % GROUP;
        if (inGroup == 0) {
          // What was gathered must not change before.
          group.store();
        }
        int at = inGroup * CHUNK_BYTES;
        ByteBuffer.wrap(content, at, CHUNK_BYTES).putInt(every).putInt(chunk);
        map.set(chunk, group.add(content, at, CHUNK_BYTES));
      }
      group.store();
      ChunkId root = map.finish().root();
      chunks.flush();
      return root;
    }
  }

  /** Nodes of maps in the packs. */
  private record Nodes(ChunkStore chunks, ChunkSession session) implements NodeStore {

    @Override
    public ChunkId store(byte[] node) {
      return session.put(ChunkKind.NODE, node, 0, node.length, stored -> {});
    }

    @Override
    public byte[] load(ChunkId id, int lengthBytes) {
      byte[] node = new byte[lengthBytes];
      chunks.get(id, node, 0, lengthBytes);
      return node;
    }
  }

  /** Nothing is asked for after the process has ended. */
  private record Unkept() implements StateFile {

    @Override
    public Optional<String> load() {
      return Optional.empty();
    }

    @Override
    public void publish(String document) {
      // Nobody asks for it.
    }
  }
}
