package dev.stillpoint.repository.index;

import com.sun.management.OperatingSystemMXBean;
import dev.stillpoint.repository.blob.FileBlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * Builds a large index of synthetic entries, as backups would, and looks things up: {@code
 * IndexBenchmark DIRECTORY ENTRIES [LOOKUPS]}, to be run with {@code -Xmx96m}. DIRECTORY may hold
 * the index that an earlier run made. Figures are in docs/decisions/0103-index-on-disk.md.
 */
public final class IndexBenchmark {

  private static final int ENTRIES_PER_PACK = 512;
  private static final int RECORD_BYTES = 1 << 15;

  private final PrintStream out;
  private final long entries;
  private final int lookups;
  private long highestHeapBytes;

  private IndexBenchmark(PrintStream out, long entries, int lookups) {
    this.out = out;
    this.entries = entries;
    this.lookups = lookups;
  }

  public static void main(String[] args) throws Exception {
    long entries = Long.parseLong(args[1]);
    int lookups = args.length > 2 ? Integer.parseInt(args[2]) : 1_000_000;
    Path directory = Files.createDirectories(Path.of(args[0]));
    new IndexBenchmark(System.out, entries, lookups).run(directory);
  }

  private void run(Path directory) throws Exception {
    IndexSettings settings = IndexSettings.standard();
    try (FileBlobStore blobs = FileBlobStore.open(directory)) {
      try (ChunkIndex index = ChunkIndex.open(blobs, settings)) {
        if (index.entries() == 0) {
          build(index, settings);
        }
      }
      long start = System.nanoTime();
      try (ChunkIndex index = ChunkIndex.open(blobs, settings)) {
        out.printf("open          %8.2f s%n", seconds(start));
        blobs.list("index").forEach(run -> out.printf("  %s%n", run));
        out.printf("heap, open    %8.1f MB%n", usedHeapBytes() / 1e6);
        measure("known ids", index, random -> id(Math.floorMod(random, entries)), true);
        measure("unknown ids", index, random -> id(entries + (random >>> 1)), false);
        scan(index);
        compact(index);
        measure("known, one run", index, random -> id(Math.floorMod(random, entries)), true);
        measure("unknown, one run", index, random -> id(entries + (random >>> 1)), false);
        long bytes = blobs.list("index").stream().mapToLong(run -> run.sizeBytes()).sum();
        out.printf("file          %8.2f bytes per entry, ", (double) bytes / entries);
        out.printf("%.0f MB per TiB in chunks of 64 KiB%n", (double) bytes / entries * 16.777216);
      }
      out.printf("highest heap  %8.1f MB (of %d)%n", highestHeapBytes / 1e6, maxHeapBytes());
    }
  }

  private void build(ChunkIndex index, IndexSettings settings) {
    long start = System.nanoTime();
    List<PackExtent> extents = new ArrayList<>();
    for (long i = 0; i < entries; i++) {
      int pack = (int) (i / ENTRIES_PER_PACK);
      int inPack = (int) (i % ENTRIES_PER_PACK);
      index.put(id(i), new ChunkPlace(pack, inPack * RECORD_BYTES, RECORD_BYTES, false));
      if (inPack == ENTRIES_PER_PACK - 1 || i == entries - 1) {
        extents.add(new PackExtent(pack, 0, (long) (inPack + 1) * RECORD_BYTES));
      }
      if (i == entries - 1 || (i + 1) % settings.pendingEntries() == 0) {
        index.write(index.freeze(), extents);
        extents.clear();
        index.merge(any -> true);
        highestHeapBytes = Math.max(highestHeapBytes, usedHeapBytes());
      }
    }
    double seconds = seconds(start);
    out.printf("build         %8.1f s, %.1f CPU s%n", seconds, cpuSeconds());
  }

  private void measure(String what, ChunkIndex index, LongFunction<ChunkId> ids, boolean known)
      throws InterruptedException {
    for (int threads : new int[] {1, 2}) {
      List<Thread> workers = new ArrayList<>();
      long start = System.nanoTime();
      double cpuStart = cpuSeconds();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(100 * System.nanoTime() + i);
        workers.add(new Thread(() -> lookUp(index, random, ids, known)));
      }
      workers.forEach(Thread::start);
      for (Thread worker : workers) {
        worker.join();
      }
      double rate = (double) lookups * threads / seconds(start);
      double micros = (cpuSeconds() - cpuStart) / lookups / threads * 1e6;
      out.printf("%-16s  %8.0f/s, %d threads, %.2f CPU us each%n", what, rate, threads, micros);
    }
  }

  private void lookUp(ChunkIndex index, Random random, LongFunction<ChunkId> ids, boolean known) {
    for (int i = 0; i < lookups; i++) {
      if (index.find(ids.apply(random.nextLong()), any -> true).isPresent() != known) {
        throw new IllegalStateException("The index is wrong");
      }
    }
  }

  private void scan(ChunkIndex index) {
    long start = System.nanoTime();
    double cpuStart = cpuSeconds();
    long count = 0;
    try (EntryCursor cursor = index.cursor(any -> true)) {
      while (cursor.next()) {
        count++;
      }
      highestHeapBytes = Math.max(highestHeapBytes, usedHeapBytes());
    }
    double cpu = cpuSeconds() - cpuStart;
    out.printf("scan          %8.1f s, %.1f CPU s, %d entries%n", seconds(start), cpu, count);
  }

  private void compact(ChunkIndex index) {
    long start = System.nanoTime();
    double cpuStart = cpuSeconds();
    index.compact(any -> true);
    double cpu = cpuSeconds() - cpuStart;
    out.printf("compact       %8.1f s, %.1f CPU s%n", seconds(start), cpu);
    out.printf("heap, one run %8.1f MB%n", usedHeapBytes() / 1e6);
  }

  /** Four words that are as good as a hash. */
  private static ChunkId id(long number) {
    return new ChunkId(mix(number), mix(number + (1L << 40)), mix(~number), mix(number << 20));
  }

  private static long mix(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Of all threads of this process: on a busy machine it says more than the wall clock. */
  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long usedHeapBytes() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long maxHeapBytes() {
    return Runtime.getRuntime().maxMemory();
  }
}
