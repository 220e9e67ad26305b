package dev.stillpoint.benchmarks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.stillpoint.repository.format.ChunkId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A repository without a disk: knows chunks, compresses new ones and counts what their records
 * would take. Not thread-safe.
 */
final class RaceStore implements AutoCloseable {

  /** Of a record of the pack: lengths, checks and so on; then an id and a length per chunk. */
  static final int RECORD_HEADER_BYTES = 24;

  static final int CHUNK_HEADER_BYTES = 36;

  private static final int SAMPLE_EVERY = 97;

  private final int groupChunks;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final Map<ChunkId, Integer> recordOf = new HashMap<>();
  private final List<Integer> recordBytes = new ArrayList<>();
  private final List<byte[]> samples = new ArrayList<>();
  private final List<Integer> sampleContentBytes = new ArrayList<>();
  private final byte[] group;
  private final byte[] frame;
  private int groupBytes;
  private int grouped;
  private long storedBytes;

  RaceStore(int level, int groupChunks, int maxChunkBytes) {
    this.groupChunks = groupChunks;
    this.group = new byte[groupChunks * maxChunkBytes];
    this.frame = new byte[Math.toIntExact(Zstd.compressBound(group.length))];
    zstd.setLevel(level);
  }

  /** Stores the chunk unless it is known; whether it was new. */
  boolean put(ChunkId id, byte[] data, int offset, int length) {
    if (recordOf.putIfAbsent(id, recordBytes.size()) != null) {
      return false;
    }
    System.arraycopy(data, offset, group, groupBytes, length);
    groupBytes += length;
    grouped++;
    if (grouped == groupChunks) {
      flush();
    }
    return true;
  }

  /** Ends the record that waits for more chunks. */
  void flush() {
    if (grouped == 0) {
      return;
    }
    int compressed = zstd.compressByteArray(frame, 0, frame.length, group, 0, groupBytes);
    int payload = Math.min(compressed, groupBytes);
    if (recordBytes.size() % SAMPLE_EVERY == 0 && compressed < groupBytes) {
      samples.add(Arrays.copyOf(frame, compressed));
      sampleContentBytes.add(groupBytes);
    }
    int bytes = RECORD_HEADER_BYTES + grouped * CHUNK_HEADER_BYTES + payload;
    recordBytes.add(bytes);
    storedBytes += bytes;
    groupBytes = 0;
    grouped = 0;
  }

  long storedBytes() {
    return storedBytes;
  }

  int chunks() {
    return recordOf.size();
  }

  /**
   * Bytes of dead chunks that lie in one record with a chunk still wanted: they cannot go without
   * the record being written anew.
   */
  long stuckBytes(Set<ChunkId> wanted) {
    int[] live = new int[recordBytes.size()];
    int[] all = new int[recordBytes.size()];
    recordOf.forEach(
        (id, record) -> {
          all[record]++;
          if (wanted.contains(id)) {
            live[record]++;
          }
        });
    long stuck = 0;
    for (int record = 0; record < live.length; record++) {
      if (live[record] > 0) {
        stuck += (long) recordBytes.get(record) * (all[record] - live[record]) / all[record];
      }
    }
    return stuck;
  }

  /** Mean CPU microseconds to have one chunk at random: its whole frame is decompressed. */
  double microsPerRandomRead() {
    byte[] content = new byte[group.length];
    CpuClock clock = new CpuClock();
    int rounds = 3;
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < samples.size(); i++) {
        byte[] sample = samples.get(i);
        long length =
            Zstd.decompressByteArray(
                content, 0, sampleContentBytes.get(i), sample, 0, sample.length);
        if (length != sampleContentBytes.get(i)) {
          throw new IllegalStateException("A frame did not decompress");
        }
      }
    }
    return samples.isEmpty() ? 0 : clock.lap() / 1000.0 / rounds / samples.size();
  }

  @Override
  public void close() {
    zstd.close();
  }
}
