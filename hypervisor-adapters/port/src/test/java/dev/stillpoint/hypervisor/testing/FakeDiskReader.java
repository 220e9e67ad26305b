package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads one disk of a fake snapshot. */
final class FakeDiskReader implements DiskReader {

  private final FakeSession session;
  private final FakeSnapshot.Image image;
  private final Runnable end;
  private final AtomicBoolean closed = new AtomicBoolean();

  FakeDiskReader(FakeSession session, FakeSnapshot.Image image, Runnable end) {
    this.session = session;
    this.image = image;
    this.end = end;
  }

  @Override
  public ByteCount size() {
    return ByteCount.ofBytes(image.content.length);
  }

  @Override
  public ReadMode readMode() {
    return image.mode;
  }

  @Override
  public List<Extent> extents() {
    return session.call(
        FakeCall.EXTENTS, () -> extents(image.content, image.mode.incremental(), image.changed));
  }

  @Override
  public int parallelReads() {
    return 2;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    if (offset < 0 || offset + into.remaining() > image.content.length) {
      throw new IllegalArgumentException("Outside of the disk: " + offset);
    }
    session.run(
        FakeCall.READ, () -> into.put(image.content, Math.toIntExact(offset), into.remaining()));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        end.run();
      } catch (StillpointException ignored) {
        // The journal still lists the transfer.
      }
    }
  }

  static List<Extent> extents(byte[] content, boolean incremental, BitSet changed) {
    List<Extent> extents = new ArrayList<>();
    int start = 0;
    while (start < content.length) {
      Extent.Content kind = kind(content, start, incremental, changed);
      int end = start;
      while (end < content.length && kind(content, end, incremental, changed) == kind) {
        end = Math.min(content.length, end + FakeDisk.BLOCK_BYTES);
      }
      extents.add(new Extent(ByteRange.between(start, end), kind));
      start = end;
    }
    return List.copyOf(extents);
  }

  private static Extent.Content kind(
      byte[] content, int start, boolean incremental, BitSet changed) {
    if (incremental && !changed.get(start / FakeDisk.BLOCK_BYTES)) {
      return Extent.Content.UNCHANGED;
    }
    int end = Math.min(content.length, start + FakeDisk.BLOCK_BYTES);
    for (int i = start; i < end; i++) {
      if (content[i] != 0) {
        return Extent.Content.DATA;
      }
    }
    return Extent.Content.ZERO;
  }
}
