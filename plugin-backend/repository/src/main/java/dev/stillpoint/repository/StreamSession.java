package dev.stillpoint.repository;

import static java.util.Objects.checkFromIndexSize;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkGroup;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.stream.ContentCutter;
import dev.stillpoint.repository.stream.StreamMap;
import dev.stillpoint.repository.stream.StreamMapWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The stream writer of a {@link PointSession}. */
final class StreamSession extends StreamWriter implements PointPart {

  /** Room for the chunk that is not complete and some that are stored together. */
  private static final int WINDOW_BYTES = 4 * ContentCutter.MAX_BYTES;

  private final PointSession point;
  private final String name;
  private final ChunkSession session;
  private final StreamMapWriter map;
  private final ContentCutter cutter = new ContentCutter();
  private final AtomicLong storedBytes = new AtomicLong();
  private final byte[] window = new byte[WINDOW_BYTES];

  /** Bytes of the window in use; the cutter has seen the first {@code seen} of them. */
  private int filled;

  private int seen;
  private long dataBytes;
  private boolean closed;
  private Optional<ManifestImage> result = Optional.empty();

  StreamSession(PointSession point, String name, ChunkStore chunks, ChunkSession session) {
    this.point = point;
    this.name = name;
    this.session = session;
    this.map = new StreamMapWriter(new ChunkNodes(chunks, session, storedBytes::addAndGet));
  }

  @Override
  public synchronized void write(byte[] data, int offset, int length) {
    checkFromIndexSize(offset, length, data.length);
    requireOpen();
    point.guarded(() -> append(data, offset, length));
  }

  @Override
  public ByteCount bytesStored() {
    return ByteCount.ofBytes(storedBytes.get());
  }

  @Override
  public synchronized void finish() {
    requireOpen();
    point.guarded(
        () -> {
          storeWindow(true);
          StreamMap finished = map.finish();
          result =
              Optional.of(
                  new ManifestImage(
                      name,
                      ByteCount.ofBytes(finished.lengthBytes()),
                      ByteCount.ofBytes(dataBytes),
                      bytesStored(),
                      finished.root().toString(),
                      ImageLayout.STREAM));
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  @Override
  public synchronized Optional<ManifestImage> result() {
    return result;
  }

  @Override
  public String toString() {
    return "stream '" + name + "' of restore point " + point.id();
  }

  private void requireOpen() {
    if (closed || result.isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Writing the " + this + " has ended already", "");
    }
  }

  private void append(byte[] data, int offset, int length) {
    int taken = 0;
    while (taken < length) {
      int count = Math.min(length - taken, WINDOW_BYTES - filled);
      System.arraycopy(data, offset + taken, window, filled, count);
      taken += count;
      filled += count;
      if (filled == WINDOW_BYTES) {
        storeWindow(false);
      }
    }
  }

  /** Stores the chunks that are complete, and moves what is left to the window's start. */
  private void storeWindow(boolean endOfStream) {
    List<Integer> lengths = new ArrayList<>();
    int start = 0;
    while (seen < filled) {
      int used = cutter.cut(window, seen, filled - seen);
      seen = used == 0 ? filled : seen + used;
      if (used > 0) {
        lengths.add(seen - start);
        start = seen;
      }
    }
    if (endOfStream && start < filled) {
      lengths.add(filled - start);
      start = filled;
    }
    store(lengths);
    filled -= start;
    seen = filled;
    System.arraycopy(window, start, window, 0, filled);
  }

  private void store(List<Integer> lengths) {
    List<ChunkId> ids = new ArrayList<>(lengths.size());
    try (ChunkGroup group = session.group(ChunkKind.DATA, storedBytes::addAndGet)) {
      int start = 0;
      for (int length : lengths) {
        ids.add(isZero(start, length) ? ChunkId.HOLE : group.add(window, start, length));
        start += length;
      }
      group.store();
    }
    for (int i = 0; i < ids.size(); i++) {
      map.append(ids.get(i), lengths.get(i));
      dataBytes += ids.get(i).isHole() ? 0 : lengths.get(i);
    }
  }

  /** Whether the first byte is zero and every byte equals the next. */
  private boolean isZero(int start, int length) {
    return window[start] == 0
        && Arrays.equals(window, start, start + length - 1, window, start + 1, start + length);
  }
}
