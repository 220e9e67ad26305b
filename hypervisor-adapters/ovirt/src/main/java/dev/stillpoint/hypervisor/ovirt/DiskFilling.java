package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.hypervisor.ovirt.imageio.LastingTicket;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.StillpointException;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.ovirt.engine.sdk4.types.DiskContentType;
import org.ovirt.engine.sdk4.types.StorageDomain;

/**
 * Makes new disks and opens them for writing. A disk that existed before is never uploaded onto:
 * the engine deletes the disk of an upload that fails.
 */
final class DiskFilling {

  private final Disks disks;
  private final Transfers transfers;
  private final SSLContext trust;
  private final SiteTimeouts timeouts;

  DiskFilling(Disks disks, Transfers transfers, SSLContext trust, SiteTimeouts timeouts) {
    this.disks = disks;
    this.transfers = transfers;
    this.trust = trust;
    this.timeouts = timeouts;
  }

  DiskWriter createDisk(DiskSettings like, EffectJournal journal) {
    return createDisk(like, DiskContentType.DATA, journal);
  }

  DiskWriter createDisk(DiskSettings like, DiskContentType content, EffectJournal journal) {
    StorageDomain domain = disks.requireRoom(like);
    DiskId id = new DiskId(UUID.randomUUID().toString());
    OutsideEffect effect = Effects.disk(id, like.name());
    journal.intend(effect);
    try {
      disks.create(id, like, content, domain);
    } catch (OvirtException e) {
      if (e.isDefinite()) {
        journal.released(effect);
      }
      throw e;
    } catch (StillpointException e) {
      // The answer was lost; the disk may be there all the same.
      if (disks.find(id).isEmpty()) {
        throw e;
      }
    }
    disks.awaitOk(id, like.name());
    return open(id, like, domain, journal);
  }

  private DiskWriter open(
      DiskId id, DiskSettings like, StorageDomain domain, EffectJournal journal) {
    OutsideEffect effect = Effects.upload(id);
    journal.intend(effect);
    Transfer transfer = transfers.upload(id, "new disk " + like.name());
    Runnable released = () -> journal.released(effect);
    boolean opened = false;
    try {
      long size = like.size().bytes();
      LastingTicket ticket =
          new LastingTicket(transfer.name(), open(transfer, size), () -> again(transfer, size));
      opened = true;
      // Only a preallocated disk on blocks shows what lay there before.
      boolean zeroed = like.sparse() || !Disks.isOnBlocks(domain);
      return new OvirtDiskWriter(id, ticket, transfer, transfers, disks, zeroed, released);
    } finally {
      if (!opened) {
        transfers.cancelUpload(transfer.id(), transfer.name());
        released.run();
      }
    }
  }

  private ImageioTicket again(Transfer transfer, long sizeBytes) {
    ImageioTicket ticket = transfers.awaitHost(transfer, () -> open(transfer, sizeBytes));
    boolean resumed = false;
    try {
      transfers.resumeUpload(transfer);
      resumed = true;
      return ticket;
    } finally {
      if (!resumed) {
        ticket.close();
      }
    }
  }

  private ImageioTicket open(Transfer transfer, long sizeBytes) {
    return ImageioTicket.open(
        transfer.hostUrl(), transfer.proxyUrl(), transfer.name(), sizeBytes, trust, timeouts);
  }
}
