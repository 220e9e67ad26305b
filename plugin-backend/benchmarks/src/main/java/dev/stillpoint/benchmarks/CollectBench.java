package dev.stillpoint.benchmarks;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FileBlobStore;
import dev.stillpoint.repository.chunk.ChunkSettings;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.chunk.PackFlusher;
import dev.stillpoint.repository.chunk.PackQuarantine;
import dev.stillpoint.repository.crypto.ContentCiphers;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.index.IndexSettings;
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
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Collects a repository of very many chunks.
 *
 * <pre>
 * CollectBench write DIR MILLIONS_OF_CHUNKS POINTS    with a large heap
 * CollectBench survey DIR                             with -Xmx256m; changes nothing
 * CollectBench collect DIR [beside-a-backup]          with -Xmx256m
 * </pre>
 *
 * <p>Chunks have 16 bytes, and those of the first point are left out, so that a store of terabytes
 * fits on a small disk; index, maps and the number of packs are as large as real ones. The first
 * point has all chunks, each other one has a hundredth of them new, scattered, so that all its
 * leaves are its own. Every second point counts as expired.
 */
public final class CollectBench {

  /** A pack for each 512 chunks and their leaves, as with chunks of 64 KiB. */
  private static final int PACK_BYTES = 44_000;

  private static final int PAUSE_MILLIS = 100;

  private final Path directory;
  private final PrintStream out;

  private CollectBench(Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    CollectBench bench = new CollectBench(Path.of(args[1]), System.out);
    if (args[0].equals("write")) {
      bench.write(Long.parseLong(args[2]) * 1_000_000, Integer.parseInt(args[3]));
    } else {
      boolean survey = args[0].equals("survey");
      bench.collect(
          survey ? CollectOptions.standard().asDryRun() : CollectOptions.standard(),
          args.length > 2);
    }
  }

  private void write(long count, int points) throws IOException {
    Files.createDirectories(directory);
    // Large, so that the index is merged seldom.
    IndexSettings index = new IndexSettings(1 << 22, 1 << 29, 8);
    AtomicBoolean hollow = new AtomicBoolean(true);
    try (PackFlusher flusher = new PackFlusher();
        BlobStore blobs = new HollowBlobStore(FileBlobStore.open(directory), directory, hollow);
        ChunkStore chunks = open(blobs, index, flusher)) {
      SyntheticPoints writer = new SyntheticPoints(chunks);
      List<String> lines = new ArrayList<>(List.of(Long.toString(count)));
      ChunkId root = ChunkId.HOLE;
      for (int point = 0; point < points; point++) {
        long begun = System.nanoTime();
        int every = point == 0 ? 1 : 100;
        root =
            writer.write(root, new SyntheticPoints.Share(count, every, point), point, () -> false);
        lines.add(root.toString());
        out.printf(
            "wrote point=%d entries=%d packBytes=%d seconds=%.1f%n",
            point, chunks.entries(), chunks.packBytes(), seconds(begun));
        // What is moved must be there.
        hollow.set(false);
      }
      Files.write(directory.resolve("roots.txt"), lines);
    }
  }

  private static ChunkStore open(BlobStore blobs, IndexSettings index, PackFlusher flusher) {
    ChunkSettings standard = ChunkSettings.standard();
    return ChunkStore.open(
        blobs,
        ContentCiphers.plain(),
        new ChunkSettings(PACK_BYTES, standard.groupBytes(), standard.level(), index),
        flusher,
        PackQuarantine.none());
  }

  private void collect(CollectOptions options, boolean besideABackup)
      throws IOException, InterruptedException {
    List<String> lines = Files.readAllLines(directory.resolve("roots.txt"));
    long count = Long.parseLong(lines.get(0));
    List<Root> kept = new ArrayList<>();
    for (int point = 0; point + 1 < lines.size(); point += 2) {
      kept.add(new Root(ChunkId.parse(lines.get(point + 1)), "vm"));
    }
    long begun = System.nanoTime();
    try (PackFlusher flusher = new PackFlusher();
        BlobStore blobs = FileBlobStore.open(directory);
        ChunkStore chunks = open(blobs, IndexSettings.standard(), flusher)) {
      out.printf(
          "opened points=%d entries=%d packs=%d seconds=%.1f%n",
          kept.size(), chunks.entries(), chunks.keeper().packs().cardinality(), seconds(begun));
      Collector collector = collector(blobs, chunks, kept);
      AtomicBoolean done = new AtomicBoolean();
      Thread watcher = new Thread(() -> watch(done), "watch");
      watcher.start();
      Thread backup = new Thread(() -> backUp(chunks, kept.get(0).id(), count, done), "backup");
      if (besideABackup) {
        backup.start();
      }
      collect(collector, options, "first");
      collect(collector, options, "second");
      done.set(true);
      watcher.join();
      backup.join();
    }
  }

  private void collect(Collector collector, CollectOptions options, String name) {
    long begun = System.nanoTime();
    CpuClock cpu = new CpuClock();
    CollectReport report = collector.collect(options, new Cancellation(), new Steps(begun));
    out.printf(
        "collected %s seconds=%.1f cpuSeconds=%.1f %s%n",
        name, seconds(begun), cpu.lap() / 1e9, report);
  }

  private static Collector collector(BlobStore blobs, ChunkStore chunks, List<Root> kept) {
    return new Collector(
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
  }

  /** Writes increments, one after the other, for as long as the collection takes. */
  private void backUp(ChunkStore chunks, ChunkId base, long count, AtomicBoolean done) {
    SyntheticPoints writer = new SyntheticPoints(chunks);
    long begun = System.nanoTime();
    long seed = begun;
    while (!done.get()) {
      writer.write(base, new SyntheticPoints.Share(count, 1000, 7), seed, done::get);
      seed++;
    }
    out.printf(
        "backup beside it chunks=%d perSecond=%.0f%n",
        writer.written(), writer.written() / seconds(begun));
  }

  /** Tells the most that was in use after the heap had been cleaned. */
  private void watch(AtomicBoolean done) {
    long most = 0;
    try {
      while (!done.get()) {
        long used =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(pool -> Optional.ofNullable(pool.getCollectionUsage()))
                .flatMap(Optional::stream)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        most = Math.max(most, used);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.printf("heap in use, at most, MiB=%d%n", most >> 20);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Tells when each step was under way last. */
  private final class Steps implements MaintenanceListener {

    private static final double EVERY_SECONDS = 10;

    private final long begun;
    private double told;

    Steps(long begun) {
      this.begun = begun;
    }

    @Override
    public void progress(Step step, long done, long total) {
      double now = seconds(begun);
      if (now > told + EVERY_SECONDS) {
        told = now;
        out.printf("  %s done=%d seconds=%.0f%n", step, done, now);
      }
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
