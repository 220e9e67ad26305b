package dev.stillpoint.benchmarks;

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
import dev.stillpoint.repository.maintenance.CollectContext;
import dev.stillpoint.repository.maintenance.CollectOptions;
import dev.stillpoint.repository.maintenance.CollectReport;
import dev.stillpoint.repository.maintenance.Collector;
import dev.stillpoint.repository.maintenance.MaintenanceListener;
import dev.stillpoint.repository.maintenance.MaintenanceSettings;
import dev.stillpoint.repository.maintenance.Root;
import dev.stillpoint.repository.maintenance.Sorters;
import dev.stillpoint.repository.maintenance.StateFile;
import dev.stillpoint.repository.maintenance.UsageFile;
import dev.stillpoint.repository.map.DiskMapWriter;
import dev.stillpoint.repository.map.NodeStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects a repository of very many chunks: {@code CollectBench DIR MILLIONS_OF_CHUNKS POINTS}.
 *
 * <p>The chunks hold 16 bytes, so that a store of terabytes fits on a small disk; index, maps and
 * their nodes are as large as real ones. The first point has all chunks, each other one a hundredth
 * of them new, scattered; every second point is expired before the collection.
 */
public final class CollectBench {

  private static final int CHUNK_BYTES = 16;
  private static final int BATCH = 16 * 1024;

  private final ChunkStore chunks;
  private final BlobStore blobs;
  private long next;

  private CollectBench(BlobStore blobs, ChunkStore chunks) {
    this.blobs = blobs;
    this.chunks = chunks;
  }

  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    long count = Long.parseLong(args[1]) * 1_000_000;
    try (PackFlusher flusher = new PackFlusher();
        BlobStore blobs = FileBlobStore.open(directory);
        ChunkStore chunks =
            ChunkStore.open(
                blobs,
                ContentCiphers.plain(),
                ChunkSettings.standard(),
                flusher,
                PackQuarantine.none())) {
      new CollectBench(blobs, chunks).run(count, Integer.parseInt(args[2]), System.out);
    }
  }

  private void run(long count, int points, PrintStream out) {
    List<Root> kept = new ArrayList<>();
    long begun = System.nanoTime();
    ChunkId root = write(ChunkId.HOLE, count, 1, 0);
    kept.add(new Root(root, "vm0"));
    for (int point = 1; point < points; point++) {
      root = write(root, count, 100, point);
      if (point % 2 == 0) {
        kept.add(new Root(root, "vm" + point % 3));
      }
    }
    out.printf(
        "wrote entries=%d packBytes=%d seconds=%.1f%n",
        chunks.entries(), chunks.packBytes(), seconds(begun));
    Collector collector =
        new Collector(
            new CollectContext(
                blobs,
                chunks,
                unreadable -> kept,
                new Sorters(blobs, MaintenanceSettings.standard().sortBytes()),
                InstantSource.system(),
                1 << 26),
            new Forgetful(),
            Collector.LoadedQuarantine.load(new Forgetful()),
            new UsageFile(new Forgetful()));
    for (int round = 0; round < 2; round++) {
      long start = System.nanoTime();
      CollectReport report =
          collector.collect(
              CollectOptions.standard(), new Cancellation(), MaintenanceListener.none());
      out.printf("collected seconds=%.1f %s%n", seconds(start), report);
    }
  }

  /** Writes every n-th chunk anew, from that one on. */
  private ChunkId write(ChunkId base, long count, int every, int first) {
    try (ChunkSession session = chunks.startSession();
        ChunkGroup group = session.group(ChunkKind.DATA, stored -> {})) {
      DiskMapWriter map = new DiskMapWriter(new Nodes(chunks, session), base);
      byte[] content = new byte[BATCH * CHUNK_BYTES];
      int used = 0;
      for (long chunk = first; chunk < count; chunk += every) {
        if (used == BATCH) {
          group.store();
          used = 0;
        }
        ByteBuffer.wrap(content, used * CHUNK_BYTES, CHUNK_BYTES)
            .putLong(next)
            .putLong(next * 0x9e3779b97f4a7c15L);
        map.set(chunk, group.add(content, used * CHUNK_BYTES, CHUNK_BYTES));
        used++;
        next++;
      }
      group.store();
      ChunkId root = map.finish().root();
      chunks.flush();
      return root;
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
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

  /** The repository is thrown away: nothing need be kept for the next opening. */
  private record Forgetful() implements StateFile {

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
