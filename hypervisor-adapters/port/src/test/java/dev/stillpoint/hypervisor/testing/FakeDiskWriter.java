package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.ContentSum;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/** Fills a new disk of the fake site; as on oVirt, an upload that is not finished loses it. */
final class FakeDiskWriter implements DiskWriter {

  private final FakeSession session;
  private final FakeManager manager;
  private final FakeDisk disk;
  private final Runnable released;
  private boolean ended;

  FakeDiskWriter(FakeSession session, FakeManager manager, FakeDisk disk, Runnable released) {
    this.session = session;
    this.manager = manager;
    this.disk = disk;
    this.released = released;
  }

  @Override
  public DiskId disk() {
    return disk.id;
  }

  @Override
  public boolean startsZeroed() {
    return true;
  }

  @Override
  public int parallelWrites() {
    return 2;
  }

  @Override
  public void write(long offset, ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    session.run(
        FakeCall.WRITE,
        () -> {
          requireOpen();
          disk.write(offset, bytes);
        });
  }

  @Override
  public void zero(ByteRange range) {
    session.run(
        FakeCall.ZERO,
        () -> {
          requireOpen();
          disk.zero(range.start(), range.length());
        });
  }

  @Override
  public void flush() {
    session.run(FakeCall.FLUSH, this::requireOpen);
  }

  @Override
  public void readBack(long offset, ByteBuffer into) {
    session.run(
        FakeCall.READ_BACK,
        () -> {
          requireOpen();
          into.put(disk.content, Math.toIntExact(offset), into.remaining());
        });
  }

  @Override
  public List<Extent> extents() {
    return session.call(
        FakeCall.EXTENTS, () -> FakeDiskReader.extents(disk.content, false, new BitSet()));
  }

  @Override
  public boolean sumsContent() {
    synchronized (manager) {
      return manager.sums;
    }
  }

  @Override
  public ContentSum contentSum() {
    return session.call(FakeCall.SUM, () -> FakeSum.of(disk.content));
  }

  @Override
  public boolean wasInterrupted() {
    synchronized (manager) {
      return disk.interrupted;
    }
  }

  @Override
  public void finish() {
    session.run(
        FakeCall.FINISH_WRITER,
        () -> {
          requireOpen();
          disk.uploading = false;
        });
    ended = true;
    released.run();
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    try {
      session.run(
          FakeCall.CLOSE_WRITER,
          () -> {
            disk.uploading = false;
            manager.disks.remove(disk.id);
          });
      ended = true;
      released.run();
    } catch (StillpointException ignored) {
      // The journal still lists the transfer.
    }
  }

  private void requireOpen() {
    if (!disk.uploading) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The transfer to disk " + disk.settings.name() + " has ended",
          "Start the restore again");
    }
  }
}
