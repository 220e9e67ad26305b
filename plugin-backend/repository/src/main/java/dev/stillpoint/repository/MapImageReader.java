package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The image reader of a {@link Repository}. */
final class MapImageReader implements ImageReader {

  /** For callers that read less than a chunk at a time: 1 MiB. */
  private static final int CACHED_CHUNKS = 16;

  private static final byte[] ZEROES = new byte[Grid.BYTES];

  private final ImageRef ref;
  private final long sizeBytes;
  private final ChunkStore chunks;
  private final DiskMapReader map;
  private final Map<ChunkId, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean closed;

  MapImageReader(ImageRef ref, ManifestImage image, ChunkStore chunks) {
    this.ref = ref;
    this.sizeBytes = image.size().bytes();
    this.chunks = chunks;
    this.map =
        new DiskMapReader(new ChunkNodes(chunks, bytes -> {}), ChunkId.parse(image.rootHash()));
  }

  @Override
  public ByteCount size() {
    return ByteCount.ofBytes(sizeBytes);
  }

  @Override
  public List<ByteRange> dataRanges() {
    requireOpen();
    ChunkRanges ranges = new ChunkRanges(0, sizeBytes);
    map.visit(new RangeCollector(ranges));
    return ranges.ranges();
  }

  @Override
  public List<ByteRange> dataRanges(ByteRange part) {
    requireOpen();
    requireInside(part.start(), part.length());
    ChunkRanges ranges = new ChunkRanges(part.start(), part.end());
    map.visit(part.start() / Grid.BYTES, Grid.chunks(part.end()), new RangeCollector(ranges));
    return ranges.ranges();
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    requireOpen();
    requireInside(offset, into.remaining());
    long position = offset;
    while (into.hasRemaining()) {
      int start = (int) (position % Grid.BYTES);
      int length = Math.min(Grid.BYTES - start, into.remaining());
      read(map.get(position / Grid.BYTES), start, length, into);
      position += length;
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (cache) {
      cache.clear();
    }
  }

  private void read(ChunkId id, int start, int length, ByteBuffer into) {
    if (id.isHole()) {
      into.put(ZEROES, 0, length);
    } else if (length < Grid.BYTES) {
      into.put(cached(id), start, length);
    } else if (into.hasArray()) {
      chunks.get(id, into.array(), into.arrayOffset() + into.position(), length);
      into.position(into.position() + length);
    } else {
      into.put(load(id));
    }
  }

  private byte[] cached(ChunkId id) {
    synchronized (cache) {
      byte[] known = cache.get(id);
      if (known != null) {
        return known;
      }
    }
    byte[] content = load(id);
    synchronized (cache) {
      cache.put(id, content);
      if (cache.size() > CACHED_CHUNKS) {
        cache.remove(cache.keySet().iterator().next());
      }
    }
    return content;
  }

  private byte[] load(ChunkId id) {
    byte[] content = new byte[Grid.BYTES];
    chunks.get(id, content, 0, Grid.BYTES);
    return content;
  }

  private void requireInside(long offset, long length) {
    if (offset < 0 || length > sizeBytes || offset > sizeBytes - length) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Cannot read "
              + length
              + " bytes at offset "
              + offset
              + " of the "
              + ref
              + ", which has "
              + sizeBytes
              + " bytes",
          "");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StillpointException(ErrorKind.CONFLICT, "The " + ref + " is closed", "");
    }
  }

  /** Where there is data. */
  private static final class RangeCollector implements MapVisitor {

    private final ChunkRanges ranges;

    RangeCollector(ChunkRanges ranges) {
      this.ranges = ranges;
    }

    @Override
    public void chunk(long chunk, ChunkId id) {
      ranges.add(chunk);
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      throw cause;
    }
  }
}
