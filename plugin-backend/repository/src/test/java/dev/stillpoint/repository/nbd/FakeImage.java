package dev.stillpoint.repository.nbd;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** An image in memory that counts its opens, and is damaged where one likes. */
final class FakeImage {

  static final int GRID = 64 * 1024;

  final byte[] content;
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  volatile long damagedAt = Long.MAX_VALUE;
  volatile boolean defect;

  FakeImage(byte[] content) {
    this.content = content;
  }

  /** Every third chunk is a hole; the last one may be cut. */
  static FakeImage ofBytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    for (int chunk = 1; chunk * GRID < size; chunk += 3) {
      Arrays.fill(content, chunk * GRID, Math.min(size, (chunk + 1) * GRID), (byte) 0);
    }
    return new FakeImage(content);
  }

  NbdExport export(String name) {
    return new NbdExport(name, "", this::open);
  }

  ImageReader open() {
    opened.incrementAndGet();
    return new Reader();
  }

  /** What {@link ImageReader} promises, done plainly. */
  private final class Reader implements ImageReader {

    private final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public ByteCount size() {
      return ByteCount.ofBytes(content.length);
    }

    @Override
    public List<ByteRange> dataRanges() {
      throw new AssertionError("Nobody may ask for all ranges of a disk at once");
    }

    @Override
    public List<ByteRange> dataRanges(ByteRange part) {
      if (part.end() > content.length) {
        throw new AssertionError("Beyond the end: " + part);
      }
      List<ByteRange> ranges = new ArrayList<>();
      for (long at = part.start(); at < part.end(); ) {
        long end = Math.min(part.end(), (at / GRID + 1) * GRID);
        if ((at / GRID) % 3 != 1) {
          int last = ranges.size() - 1;
          if (last >= 0 && ranges.get(last).end() == at) {
            ranges.set(last, ByteRange.between(ranges.get(last).start(), end));
          } else {
            ranges.add(ByteRange.between(at, end));
          }
        }
        at = end;
      }
      return ranges;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      if (ended.get()) {
        throw new StillpointException(ErrorKind.CONFLICT, "The image is closed", "");
      }
      if (defect) {
        throw new IllegalStateException("A defect");
      }
      if (damagedAt >= offset && damagedAt < offset + into.remaining()) {
        throw new StillpointException(
            ErrorKind.CORRUPT_DATA, "Chunk 4711 in packs/1.pack is damaged", "");
      }
      into.put(content, (int) offset, into.remaining());
    }

    @Override
    public void close() {
      if (!ended.getAndSet(true)) {
        closed.incrementAndGet();
      }
    }
  }
}
