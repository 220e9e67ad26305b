package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkRequest;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The image reader of a {@link Repository}. */
final class MapImageReader implements ImageReader {

  /** For callers that read less than a chunk at a time: 4 MiB. */
  private static final int CACHED_CHUNKS = 64;

  private static final byte[] ZEROES = new byte[Grid.BYTES];

  /** Chunks that were stored together are fetched together. */
  private static final int NEIGHBOURS = 4;

  private final ImageRef ref;
  private final long sizeBytes;
  private final ChunkStore chunks;
  private final ChunkStore.MapHold hold;
  private final DiskMapReader map;
  private final Map<ChunkId, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean closed;

  /**
   * @param hold on the image's map, ended with this reader
   */
  MapImageReader(ImageRef ref, ManifestImage image, ChunkStore chunks, ChunkStore.MapHold hold) {
    this.ref = ref;
    this.sizeBytes = image.size().bytes();
    this.chunks = chunks;
    this.hold = hold;
    this.map = new DiskMapReader(ChunkNodes.source(chunks), ChunkId.parse(image.rootHash()));
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
    List<ChunkRequest> requests = new ArrayList<>();
    long position = offset;
    while (into.hasRemaining()) {
      int within = (int) (position % Grid.BYTES);
      int length = Math.min(Grid.BYTES - within, into.remaining());
      read(position / Grid.BYTES, within, into.slice(into.position(), length), requests);
      into.position(into.position() + length);
      position += length;
    }
    chunks.getAll(requests);
  }

  /** Fills a part of one chunk now, or a whole one by a request. */
  private void read(long chunk, int within, ByteBuffer into, List<ChunkRequest> requests) {
    int length = into.remaining();
    ChunkId id = map.get(chunk);
    if (id.isHole()) {
      into.put(ZEROES, 0, length);
    } else if (length == Grid.BYTES || (within == 0 && chunk * Grid.BYTES + length == sizeBytes)) {
      requests.add(new ChunkRequest(id, Grid.BYTES, into));
    } else {
      into.put(cached(chunk, id), within, length);
    }
  }

  @Override
  public void close() {
    closed = true;
    hold.close();
    synchronized (cache) {
      cache.clear();
    }
  }

  private byte[] cached(long chunk, ChunkId id) {
    synchronized (cache) {
      byte[] known = cache.get(id);
      if (known != null) {
        return known;
      }
    }
    Map<ChunkId, byte[]> contents = loadNeighbours(chunk, id);
    synchronized (cache) {
      cache.putAll(contents);
      while (cache.size() > CACHED_CHUNKS) {
        cache.remove(cache.keySet().iterator().next());
      }
    }
    return contents.get(id);
  }

  private Map<ChunkId, byte[]> loadNeighbours(long chunk, ChunkId id) {
    Map<ChunkId, byte[]> contents = new HashMap<>();
    long first = chunk - chunk % NEIGHBOURS;
    long end = Math.min(first + NEIGHBOURS, Grid.chunks(sizeBytes));
    for (long neighbour = first; neighbour < end; neighbour++) {
      ChunkId neighbourId = map.get(neighbour);
      if (!neighbourId.isHole()) {
        contents.put(neighbourId, new byte[Grid.BYTES]);
      }
    }
    try {
      chunks.getAll(contents.entrySet().stream().map(MapImageReader::whole).toList());
      return contents;
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      // A neighbour's damage is not ours.
      byte[] content = new byte[Grid.BYTES];
      chunks.get(id, content, 0, Grid.BYTES);
      return Map.of(id, content);
    }
  }

  private static ChunkRequest whole(Map.Entry<ChunkId, byte[]> chunk) {
    return new ChunkRequest(chunk.getKey(), Grid.BYTES, ByteBuffer.wrap(chunk.getValue()));
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
