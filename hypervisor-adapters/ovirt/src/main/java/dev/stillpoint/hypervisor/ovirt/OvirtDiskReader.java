package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.hypervisor.ovirt.imageio.LastingTicket;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads a disk of a backup through its ticket. */
final class OvirtDiskReader implements DiskReader {

  private final LastingTicket ticket;
  private final ByteCount size;
  private final int parallel;
  private final ReadMode mode;
  private final List<Extent> extents;
  private final Runnable end;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OvirtDiskReader(LastingTicket ticket, ReadMode mode, List<Extent> extents, Runnable end) {
    this.ticket = ticket;
    this.size = ByteCount.ofBytes(ticket.use(ImageioTicket::sizeBytes));
    this.parallel = ticket.use(ImageioTicket::parallel);
    this.mode = mode;
    this.extents = extents;
    this.end = end;
  }

  /**
   * @param promised how the backup said the disk is read; the host may not keep it
   * @param end ends the transfer, after the connections are closed; must not throw
   */
  static OvirtDiskReader over(LastingTicket ticket, ReadMode promised, Runnable end) {
    if (promised.incremental()) {
      Optional<List<Extent>> changed = ticket.use(ImageioTicket::changedExtents);
      if (changed.isPresent()) {
        return new OvirtDiskReader(ticket, promised, changed.get(), end);
      }
      ReadMode full = ReadMode.full(Reason.of(ReasonCode.CHANGES_UNKNOWN).text());
      return new OvirtDiskReader(ticket, full, ticket.use(ImageioTicket::zeroExtents), end);
    }
    return new OvirtDiskReader(ticket, promised, ticket.use(ImageioTicket::zeroExtents), end);
  }

  @Override
  public ByteCount size() {
    return size;
  }

  @Override
  public ReadMode readMode() {
    return mode;
  }

  @Override
  public List<Extent> extents() {
    return extents;
  }

  @Override
  public int parallelReads() {
    return parallel;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    int start = into.position();
    ticket.run(open -> open.read(offset, into.position(start)));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ticket.close();
      end.run();
    }
  }
}
