package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.ContentSum;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.hypervisor.ovirt.imageio.LastingTicket;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills one new disk through its ticket. */
final class OvirtDiskWriter implements DiskWriter {

  private static final Logger LOG = LoggerFactory.getLogger(OvirtDiskWriter.class);

  private final DiskId disk;
  private final LastingTicket ticket;
  private final int parallel;
  private final boolean sums;
  private final Transfer transfer;
  private final Transfers transfers;
  private final Disks disks;
  private final boolean startsZeroed;
  private final Runnable released;
  private boolean ended;

  /**
   * @param released told when the transfer is no more
   */
  OvirtDiskWriter(
      DiskId disk,
      LastingTicket ticket,
      Transfer transfer,
      Transfers transfers,
      Disks disks,
      boolean startsZeroed,
      Runnable released) {
    this.disk = disk;
    this.ticket = ticket;
    this.parallel = ticket.use(ImageioTicket::parallel);
    this.sums = ticket.use(ImageioTicket::sums);
    this.transfer = transfer;
    this.transfers = transfers;
    this.disks = disks;
    this.startsZeroed = startsZeroed;
    this.released = released;
  }

  @Override
  public DiskId disk() {
    return disk;
  }

  @Override
  public boolean startsZeroed() {
    return startsZeroed;
  }

  @Override
  public int parallelWrites() {
    return parallel;
  }

  @Override
  public void write(long offset, ByteBuffer data) {
    ticket.run(open -> open.write(offset, data));
  }

  @Override
  public void zero(ByteRange range) {
    ticket.run(open -> open.zero(range));
  }

  @Override
  public void flush() {
    ticket.run(ImageioTicket::flush);
  }

  @Override
  public void readBack(long offset, ByteBuffer into) {
    int start = into.position();
    ticket.run(open -> open.read(offset, into.position(start)));
  }

  @Override
  public List<Extent> extents() {
    return ticket.use(ImageioTicket::zeroExtents);
  }

  @Override
  public boolean sumsContent() {
    return sums;
  }

  @Override
  public ContentSum contentSum() {
    return ticket.use(ImageioTicket::sum);
  }

  @Override
  public boolean wasInterrupted() {
    return ticket.wasRenewed();
  }

  @Override
  public void finish() {
    if (ended) {
      throw new IllegalStateException("The transfer to " + transfer.name() + " has ended");
    }
    ticket.run(ImageioTicket::flush);
    ticket.close();
    transfers.completeUpload(transfer);
    ended = true;
    disks.awaitOk(disk, transfer.name());
    released.run();
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    ticket.close();
    try {
      transfers.cancelUpload(transfer.id(), transfer.name());
      released.run();
    } catch (StillpointException e) {
      LOG.warn("transfer to {} not cancelled: {}", transfer.name(), e.getMessage());
    }
  }
}
