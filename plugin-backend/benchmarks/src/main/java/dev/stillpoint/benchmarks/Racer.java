package dev.stillpoint.benchmarks;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One candidate on its way through the images. Not thread-safe. */
final class Racer implements AutoCloseable {

  /** Pieces of the grid that are all zeroes are holes for every candidate. */
  static final int GRID_BYTES = 64 * 1024;

  private final Candidate candidate;
  private final RaceStore store;
  private final MapCost map;
  private final byte[] buffer;
  private final MessageDigest sha256;
  private Set<ChunkId> inImage = new HashSet<>();
  private int filled;

  /** Where the buffer's first byte lies in the image. */
  private long position;

  private long cutNanos;
  private long hashNanos;
  private long compressNanos;
  private long chunks;
  private long newBytes;
  private long duplicateBytes;

  /**
   * @param feedBytes the most that {@link #data} is given at once
   */
  Racer(Candidate candidate, int feedBytes) {
    this.candidate = candidate;
    int max = candidate.chunking().maxBytes();
    this.store = new RaceStore(candidate.level(), candidate.groupChunks(), max);
    this.map = new MapCost(candidate.entryBytes());
    this.buffer = new byte[max + feedBytes];
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The next bytes of the image, multiples of the grid but at its end. */
  void data(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, buffer, filled, length);
    filled += length;
    int max = candidate.chunking().maxBytes();
    int used = process(filled - max + 1);
    System.arraycopy(buffer, used, buffer, 0, filled - used);
    filled -= used;
    position += used;
  }

  /** Zeroes follow, multiples of the grid. */
  void hole(long length) {
    endOfData();
    position += length;
    map.hole(candidate.chunking() instanceof FixedChunking fixed ? length / fixed.maxBytes() : 1);
  }

  /** Ends the image. */
  RaceResult finish(String image, long dataBytes) {
    endOfData();
    CpuClock clock = new CpuClock();
    store.flush();
    compressNanos += clock.lap();
    RaceResult result =
        new RaceResult(
            candidate.name(),
            image,
            dataBytes,
            new RaceResult.CpuSeconds(
                seconds(cutNanos), seconds(hashNanos), seconds(compressNanos)),
            chunks,
            newBytes,
            duplicateBytes,
            store.storedBytes(),
            map.finish(),
            store.chunks(),
            store.stuckBytes(inImage),
            store.microsPerRandomRead());
    position = 0;
    inImage = new HashSet<>();
    cutNanos = 0;
    hashNanos = 0;
    compressNanos = 0;
    chunks = 0;
    newBytes = 0;
    duplicateBytes = 0;
    return result;
  }

  @Override
  public void close() {
    store.close();
  }

  private void endOfData() {
    position += process(filled);
    filled = 0;
  }

  /**
   * Cuts, hashes and stores the chunks that start before {@code startsBefore}, each step for all of
   * them at once, so that reading the clock costs nothing.
   *
   * @return the bytes used
   */
  private int process(int startsBefore) {
    CpuClock clock = new CpuClock();
    List<int[]> cuts = new ArrayList<>();
    int at = 0;
    while (at < startsBefore) {
      long toPieceEnd = candidate.pieceBytes() - (position + at) % candidate.pieceBytes();
      int most = (int) Math.min(filled - at, toPieceEnd);
      int length = candidate.chunking().cut(buffer, at, most);
      cuts.add(new int[] {at, length});
      at += length;
    }
    cutNanos += clock.lap();
    List<ChunkId> ids = new ArrayList<>(cuts.size());
    for (int[] cut : cuts) {
      ids.add(isZero(cut[0], cut[1]) ? ChunkId.HOLE : id(cut[0], cut[1]));
    }
    hashNanos += clock.lap();
    for (int i = 0; i < cuts.size(); i++) {
      put(ids.get(i), cuts.get(i));
    }
    compressNanos += clock.lap();
    return at;
  }

  private void put(ChunkId id, int[] cut) {
    if (id.isHole()) {
      map.hole(1);
      return;
    }
    chunks++;
    if (store.put(id, buffer, cut[0], cut[1])) {
      newBytes += cut[1];
    } else {
      duplicateBytes += cut[1];
    }
    inImage.add(id);
    map.chunk(id);
  }

  private ChunkId id(int offset, int length) {
    sha256.update(buffer, offset, length);
    return ChunkId.read(ByteBuffer.wrap(sha256.digest()));
  }

  /** The first byte tells nearly always. */
  private boolean isZero(int offset, int length) {
    return buffer[offset] == 0
        && Arrays.equals(buffer, offset, offset + length - 1, buffer, offset + 1, offset + length);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
