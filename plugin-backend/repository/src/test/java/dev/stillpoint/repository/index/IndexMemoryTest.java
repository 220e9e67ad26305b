package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.Entry.ANY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Law 7: what the index keeps in memory is bounded, by counting. */
class IndexMemoryTest {

  private static final int ENTRIES_PER_PACK = 512;
  private static final int LARGEST_PIECE_BYTES = RunFormat.GROUP_BYTES;
  private static final IndexSettings SETTINGS = new IndexSettings(1 << 13, 1 << 18, 8);

  /** Of entries in memory, at most; a hash table may just have doubled. */
  private static final long BYTES_PER_PENDING = 60;

  private final Random random = new Random(1);
  private long largestPieceBytes;
  private long entries;

  @Test
  void memoryDoesNotGrowBeyondFourBytesForABlockAndTwelveForAPack() {
    BlobStore blobs = counted(BlobStore.class, new FaultyBlobStore(1));
    try (ChunkIndex index = ChunkIndex.open(blobs, SETTINGS)) {
      while (entries < 500_000) {
        List<PackExtent> extents = fill(index);
        assertBounded(index);
        Batch batch = index.freeze();
        index.put(id(), new ChunkPlace(0, 0, 1, false));
        index.write(batch, extents);
        index.merge(ANY);
        assertBounded(index);
      }
      index.discard();
      index.compact(ANY);
      index.scan(ANY, (id, place) -> {});
      double perEntry = (double) index.heapBytes() / entries;
      // 10 TiB in chunks of 64 KiB: 8 MB of fences and marks, 4 MB of extents.
      assertThat(perEntry * 170e6).isLessThan(13e6);
    }
    assertThat(largestPieceBytes).isLessThanOrEqualTo(LARGEST_PIECE_BYTES);
  }

  private void assertBounded(ChunkIndex index) {
    long blocks = entries / RunFormat.BLOCK_ENTRIES + SETTINGS.maxRuns() + 1;
    long packs = entries / ENTRIES_PER_PACK + 1;
    long pendingBytes = BYTES_PER_PENDING * (SETTINGS.pendingEntries() + (1 << 13));
    long runBytes = 5 * blocks + Extents.BYTES * packs;
    assertThat(index.heapBytes()).isLessThan(pendingBytes + runBytes + SETTINGS.filterBytes());
  }

  private List<PackExtent> fill(ChunkIndex index) {
    List<PackExtent> extents = new ArrayList<>();
    while (!index.isFull()) {
      int pack = (int) (entries / ENTRIES_PER_PACK);
      int inPack = (int) (entries % ENTRIES_PER_PACK);
      index.put(id(), new ChunkPlace(pack, 100 * inPack, 100, false));
      extents.add(new PackExtent(pack, 100L * inPack, 100L * (inPack + 1)));
      entries++;
    }
    return extents;
  }

  private ChunkId id() {
    return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** Notes the largest piece that goes in or out. */
  private <T> T counted(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("read")) {
                notePiece(((ByteBuffer) arguments[2]).remaining());
              } else if (method.getName().equals("append")) {
                notePiece((int) arguments[2]);
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof BlobAppender appender
                    ? counted(BlobAppender.class, appender)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private void notePiece(int bytes) {
    largestPieceBytes = Math.max(largestPieceBytes, bytes);
  }
}
