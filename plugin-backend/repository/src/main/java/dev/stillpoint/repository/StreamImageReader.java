package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkRequest;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.stream.ContentCutter;
import dev.stillpoint.repository.stream.StreamChunk;
import dev.stillpoint.repository.stream.StreamMap;
import dev.stillpoint.repository.stream.StreamMapReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reader of a stream in a {@link Repository}. */
final class StreamImageReader implements ImageReader {

  /** For callers that read less than a chunk at a time: at most 4 MiB. */
  private static final int CACHED_CHUNKS = 16;

  private static final byte[] ZEROES = new byte[ContentCutter.MAX_BYTES];

  private final ImageRef ref;
  private final long sizeBytes;
  private final ChunkStore chunks;
  private final ChunkStore.MapHold hold;
  private final StreamMapReader map;
  private final Map<ChunkId, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean closed;

  /**
   * @param hold on the stream's map, ended with this reader
   */
  StreamImageReader(ImageRef ref, ManifestImage image, ChunkStore chunks, ChunkStore.MapHold hold) {
    this.ref = ref;
    this.sizeBytes = image.size().bytes();
    this.chunks = chunks;
    this.hold = hold;
    this.map =
        new StreamMapReader(
            ChunkNodes.source(chunks), new StreamMap(ChunkId.parse(image.rootHash()), sizeBytes));
  }

  @Override
  public ByteCount size() {
    return ByteCount.ofBytes(sizeBytes);
  }

  @Override
  public List<ByteRange> dataRanges() {
    return dataRanges(0, sizeBytes);
  }

  @Override
  public List<ByteRange> dataRanges(ByteRange part) {
    return dataRanges(part.start(), part.end());
  }

  private List<ByteRange> dataRanges(long from, long to) {
    requireOpen();
    requireInside(from, to - from);
    List<ByteRange> ranges = new ArrayList<>();
    long start = from;
    long position = from;
    while (position < to) {
      StreamChunk chunk = map.find(position);
      if (chunk.id().isHole()) {
        if (start < position) {
          ranges.add(ByteRange.between(start, position));
        }
        start = chunk.start() + chunk.length();
      }
      position = chunk.start() + chunk.length();
    }
    if (start < to) {
      ranges.add(ByteRange.between(start, to));
    }
    return List.copyOf(ranges);
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    requireOpen();
    requireInside(offset, into.remaining());
    List<ChunkRequest> requests = new ArrayList<>();
    long position = offset;
    while (into.hasRemaining()) {
      StreamChunk chunk = map.find(position);
      int within = (int) (position - chunk.start());
      int length = Math.min(chunk.length() - within, into.remaining());
      read(chunk, within, into.slice(into.position(), length), requests);
      into.position(into.position() + length);
      position += length;
    }
    chunks.getAll(requests);
  }

  @Override
  public void close() {
    closed = true;
    hold.close();
    synchronized (cache) {
      cache.clear();
    }
  }

  /** Fills a part of one chunk now, or a whole one by a request. */
  private void read(StreamChunk chunk, int within, ByteBuffer into, List<ChunkRequest> requests) {
    int length = into.remaining();
    if (chunk.id().isHole()) {
      for (int done = 0; done < length; done += Math.min(ZEROES.length, length - done)) {
        into.put(ZEROES, 0, Math.min(ZEROES.length, length - done));
      }
    } else if (length == chunk.length()) {
      requests.add(new ChunkRequest(chunk.id(), length, into));
    } else {
      into.put(cached(chunk), within, length);
    }
  }

  private byte[] cached(StreamChunk chunk) {
    synchronized (cache) {
      byte[] known = cache.get(chunk.id());
      if (known != null) {
        return known;
      }
    }
    byte[] content = new byte[chunk.length()];
    chunks.get(chunk.id(), content, 0, content.length);
    synchronized (cache) {
      cache.put(chunk.id(), content);
      if (cache.size() > CACHED_CHUNKS) {
        cache.remove(cache.keySet().iterator().next());
      }
    }
    return content;
  }

  private void requireInside(long offset, long length) {
    if (offset < 0 || length > sizeBytes || offset > sizeBytes - length) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "There are no "
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
}
