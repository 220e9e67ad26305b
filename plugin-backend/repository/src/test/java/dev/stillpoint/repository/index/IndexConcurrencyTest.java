package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.Entry.ANY;
import static dev.stillpoint.repository.index.Entry.pack;
import static dev.stillpoint.repository.index.Entry.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.blob.FileBlobStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look-ups, scans, writes and merges beside each other, on real files. */
class IndexConcurrencyTest {

  private static final int PACKS = 60;
  private static final int ENTRIES = 100;

  @TempDir private Path directory;

  @Test
  void everythingThatWasPutIsFoundWhileRunsComeAndGo() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(5);
    try (FileBlobStore blobs = FileBlobStore.open(directory);
        ChunkIndex index = ChunkIndex.open(blobs, new IndexSettings(100, 1 << 12, 2))) {
      AtomicInteger written = new AtomicInteger();
      List<Future<Boolean>> results = new ArrayList<>();
      results.add(executor.submit(writer(index, written)));
      results.add(executor.submit(whileWriting(written, () -> index.merge(ANY))));
      results.add(executor.submit(whileWriting(written, () -> scan(index, written.get()))));
      for (int i = 0; i < 2; i++) {
        Random random = new Random(i);
        results.add(executor.submit(whileWriting(written, () -> lookUp(index, written, random))));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
      index.merge(ANY);
      assertThat(blobs.list("index")).hasSizeLessThanOrEqualTo(2);
      assertThat(blobs.list("tmp")).isEmpty();
      assertThat(index.findings()).isEmpty();
      assertThat(index.check(new Cancellation())).isEmpty();
    } finally {
      executor.shutdownNow();
    }
  }

  private static Callable<Boolean> writer(ChunkIndex index, AtomicInteger written) {
    return () -> {
      try {
        for (int pack = 0; pack < PACKS; pack++) {
          write(index, pack(pack, pack * ENTRIES, ENTRIES));
          written.incrementAndGet();
        }
      } finally {
        // The others stop in any case.
        written.set(PACKS);
      }
      return true;
    };
  }

  private static Callable<Boolean> whileWriting(AtomicInteger written, Runnable work) {
    return () -> {
      while (written.get() < PACKS) {
        work.run();
      }
      return true;
    };
  }

  private static void lookUp(ChunkIndex index, AtomicInteger written, Random random) {
    int packs = written.get();
    if (packs > 0) {
      int pack = random.nextInt(packs);
      int inPack = random.nextInt(ENTRIES);
      assertThat(index.find(Entry.id((long) pack * ENTRIES + inPack), ANY))
          .contains(Entry.place(pack, 10 * inPack));
      assertThat(index.find(Entry.id(1_000_000L + random.nextInt(1000)), ANY)).isEmpty();
    }
  }

  private static void scan(ChunkIndex index, int packsBefore) {
    int count = 0;
    try (EntryCursor cursor = index.cursor(ANY)) {
      while (cursor.next()) {
        assertThat(cursor.id().word(2)).isEqualTo(number(cursor));
        count++;
      }
    }
    assertThat(count).isGreaterThanOrEqualTo(packsBefore * ENTRIES);
  }

  private static long number(EntryCursor cursor) {
    return (long) cursor.place().pack() * ENTRIES + cursor.place().offset() / 10;
  }
}
