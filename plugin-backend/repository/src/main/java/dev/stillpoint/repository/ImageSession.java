package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkGroup;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.map.DiskMap;
import dev.stillpoint.repository.map.DiskMapWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The image writer of a {@link PointSession}. */
final class ImageSession implements ImageWriter, PointPart {

  private final PointSession point;
  private final String name;
  private final long sizeBytes;
  private final ChunkStore chunks;
  private final ChunkSession session;
  private final DiskMapWriter map;
  private final AtomicLong storedBytes = new AtomicLong();

  /** Writers share it, the end of the image takes it alone. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;
  private Optional<ManifestImage> result = Optional.empty();

  /**
   * @param base root of the map to start from, {@link ChunkId#HOLE} for none
   */
  ImageSession(
      PointSession point,
      String name,
      long sizeBytes,
      ChunkStore chunks,
      ChunkSession session,
      ChunkId base) {
    this.point = point;
    this.session = session;
    this.name = name;
    this.sizeBytes = sizeBytes;
    this.chunks = chunks;
    this.map = new DiskMapWriter(new ChunkNodes(chunks, session, storedBytes::addAndGet), base);
    map.clear(Grid.chunks(sizeBytes), DiskMap.MAX_CHUNKS);
  }

  @Override
  public void write(long offset, ByteBuffer data) {
    Grid.requireWritable(offset, data.remaining(), sizeBytes, toString());
    open.readLock().lock();
    try {
      requireOpen();
      point.guarded(() -> store(offset, data));
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public void zero(ByteRange range) {
    Grid.requireWritable(range.start(), range.length(), sizeBytes, toString());
    open.readLock().lock();
    try {
      requireOpen();
      point.guarded(() -> map.clear(range.start() / Grid.BYTES, Grid.chunks(range.end())));
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public ByteCount bytesStored() {
    return ByteCount.ofBytes(storedBytes.get());
  }

  @Override
  public void finish() {
    open.writeLock().lock();
    try {
      requireOpen();
      point.guarded(
          () -> {
            long padding = cutTail();
            result = Optional.of(describe(map.finish(), padding));
          });
    } finally {
      open.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      closed = true;
    } finally {
      open.writeLock().unlock();
    }
  }

  @Override
  public Optional<ManifestImage> result() {
    open.readLock().lock();
    try {
      return result;
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public String toString() {
    return "image '" + name + "' of restore point " + point.id();
  }

  private void requireOpen() {
    if (closed || result.isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Writing the " + this + " has ended already", "");
    }
  }

  private void store(long offset, ByteBuffer data) {
    long first = offset / Grid.BYTES;
    int length = data.remaining();
    byte[] array = data.hasArray() ? data.array() : new byte[length];
    int start = data.hasArray() ? data.arrayOffset() + data.position() : 0;
    if (!data.hasArray()) {
      data.get(array);
    } else {
      data.position(data.limit());
    }
    List<ChunkId> ids = new ArrayList<>((int) Grid.chunks(length));
    try (ChunkGroup group = session.group(ChunkKind.DATA, storedBytes::addAndGet)) {
      for (int position = 0; position < length; position += Grid.BYTES) {
        ids.add(add(group, array, start + position, Math.min(Grid.BYTES, length - position)));
      }
      group.store();
    }
    map.setAll(first, ids);
  }

  /** The chunk at the end is padded, so that the image can grow without being rewritten. */
  private static ChunkId add(ChunkGroup group, byte[] content, int offset, int length) {
    if (length < Grid.BYTES) {
      return add(group, Arrays.copyOfRange(content, offset, offset + Grid.BYTES), length);
    }
    return Grid.isZero(content, offset) ? ChunkId.HOLE : group.add(content, offset, Grid.BYTES);
  }

  private static ChunkId add(ChunkGroup group, byte[] padded, int length) {
    Arrays.fill(padded, length, Grid.BYTES, (byte) 0);
    return add(group, padded, 0, Grid.BYTES);
  }

  /**
   * Zeroes what a longer base has beyond our end within our last chunk.
   *
   * @return how many bytes of the last chunk are padding; none when it is a hole
   */
  private long cutTail() {
    int tail = (int) (sizeBytes % Grid.BYTES);
    long last = sizeBytes / Grid.BYTES;
    if (tail == 0 || map.get(last).isHole()) {
      return 0;
    }
    byte[] content = new byte[Grid.BYTES];
    chunks.get(map.get(last), content, 0, Grid.BYTES);
    Arrays.fill(content, tail, Grid.BYTES, (byte) 0);
    ChunkId id =
        Grid.isZero(content, 0)
            ? ChunkId.HOLE
            : session.put(ChunkKind.DATA, content, 0, Grid.BYTES, storedBytes::addAndGet);
    map.set(last, id);
    return id.isHole() ? 0 : Grid.BYTES - tail;
  }

  private ManifestImage describe(DiskMap finished, long paddingBytes) {
    return new ManifestImage(
        name,
        ByteCount.ofBytes(sizeBytes),
        ByteCount.ofBytes(finished.dataChunks() * Grid.BYTES - paddingBytes),
        bytesStored(),
        finished.root().toString());
  }
}
