package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.hypervisor.ovirt.imageio.LastingTicket;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.ovirt.engine.sdk4.types.ImageTransferDirection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backup of the engine that is ready to be read. */
final class OvirtVmSnapshot implements VmSnapshot {

  private static final Logger LOG = LoggerFactory.getLogger(OvirtVmSnapshot.class);

  /** Opens a transfer's ticket. */
  @FunctionalInterface
  interface Opener {
    ImageioTicket open(Transfer transfer, long sizeBytes);
  }

  /** What a backup is made, read and ended with. */
  record Means(
      Guests guests,
      Backups backups,
      AutoSnapshots autoSnapshots,
      Transfers transfers,
      EffectJournal journal,
      Opener opener) {}

  private final VmRef vm;
  private final BackupRecord record;
  private final List<SnapshotDisk> disks;
  private final List<DiskSettings> settings;
  private final Backups backups;
  private final AutoSnapshots autoSnapshots;
  private final Transfers transfers;
  private final EffectJournal journal;
  private final Opener opener;
  private final Map<DiskId, Transfer> prepared = new ConcurrentHashMap<>();

  /** Disks of which a transfer may be open, known to us or lost with an answer. */
  private final Set<DiskId> transferring = ConcurrentHashMap.newKeySet();

  private final Optional<Consistency> consistency;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private boolean tried;
  private boolean removed;

  OvirtVmSnapshot(
      VmRef vm,
      BackupRecord record,
      List<SnapshotDisk> disks,
      List<DiskSettings> settings,
      GuestFreeze guest,
      Means means) {
    this.vm = vm;
    this.record = record;
    this.disks = List.copyOf(disks);
    this.settings = List.copyOf(settings);
    this.consistency = guest.level();
    guest.note().ifPresent(notes::add);
    this.backups = means.backups();
    this.autoSnapshots = means.autoSnapshots();
    this.transfers = means.transfers();
    this.journal = means.journal();
    this.opener = means.opener();
  }

  @Override
  public String reference() {
    return record.id();
  }

  @Override
  public Instant time() {
    return record.created();
  }

  @Override
  public Optional<CheckpointId> checkpoint() {
    return record.checkpoint();
  }

  @Override
  public List<SnapshotDisk> disks() {
    return disks;
  }

  @Override
  public Optional<Consistency> consistency() {
    return consistency;
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  String diskName(DiskId disk) {
    return settings.stream()
        .filter(d -> d.id().equals(disk))
        .map(DiskSettings::name)
        .findFirst()
        .orElse(disk.value());
  }

  /** Opens a disk's transfer ahead of its reading. */
  void prepare(DiskId disk) {
    prepared.put(disk, start(disk));
  }

  @Override
  public DiskReader open(DiskId disk) {
    SnapshotDisk held =
        disks.stream()
            .filter(d -> d.id().equals(disk))
            .findFirst()
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "Disk " + disk + " is not part of the backup of " + vm,
                        "Open one of the disks that the backup holds"));
    long size = held.size().bytes();
    AtomicReference<Transfer> transfer =
        new AtomicReference<>(
            Optional.ofNullable(prepared.remove(disk))
                .filter(early -> usable(early, disk))
                .orElseGet(() -> start(disk)));
    Runnable end = () -> end(transfer.get(), disk);
    OvirtDiskReader reader = null;
    LastingTicket ticket = null;
    try {
      ticket =
          new LastingTicket(
              transfer.get().name(),
              opener.open(transfer.get(), size),
              () -> again(transfer, disk, size));
      reader = OvirtDiskReader.over(ticket, held.readMode(), end);
      return reader;
    } finally {
      if (reader == null) {
        Optional.ofNullable(ticket).ifPresent(LastingTicket::close);
        end.run();
      }
    }
  }

  /** The backup stands still, so that a new transfer of it goes on where the old one ended. */
  private ImageioTicket again(AtomicReference<Transfer> transfer, DiskId disk, long sizeBytes) {
    return transfers.awaitHost(
        transfer.get(),
        () -> {
          end(transfer.get(), disk);
          transfer.set(start(disk));
          return opener.open(transfer.get(), sizeBytes);
        });
  }

  /** A ticket that lay unused too long was taken back by the engine. */
  private boolean usable(Transfer early, DiskId disk) {
    if (transfers.isOpen(early)) {
      return true;
    }
    end(early, disk);
    return false;
  }

  private Transfer start(DiskId disk) {
    journal.intend(Effects.download(vm, record.id(), disk));
    transferring.add(disk);
    try {
      return transfers.download(record.id(), disk, "disk " + diskName(disk) + " of " + vm);
    } catch (OvirtException e) {
      if (e.isDefinite()) {
        released(disk);
      }
      throw e;
    }
  }

  private void released(DiskId disk) {
    transferring.remove(disk);
    journal.released(Effects.download(vm, record.id(), disk));
  }

  /** Never throws: what is not ended stays in the journal. */
  private void end(Transfer transfer, DiskId disk) {
    try {
      transfers.endDownload(transfer.id(), transfer.name());
      released(disk);
    } catch (StillpointException e) {
      LOG.warn("transfer of {} not ended: {}", transfer.name(), e.getMessage());
    }
  }

  @Override
  public synchronized void remove() {
    if (removed) {
      return;
    }
    tried = true;
    prepared.clear();
    for (DiskId disk : Set.copyOf(transferring)) {
      // The backup keeps its disks locked, so their transfers are ours.
      transfers.endAll(disk, ImageTransferDirection.DOWNLOAD);
      released(disk);
    }
    boolean told = backups.end(vm, record.id());
    if (!told) {
      noteWhatIsSeenOfTheEnd();
    }
    journal.released(Effects.snapshot(vm, record.id()));
    removed = true;
    record.snapshotId().ifPresent(this::requireMerged);
  }

  /** One that stays behind is listed in the journal from the beginning, and stays there. */
  private void requireMerged(String snapshot) {
    if (autoSnapshots.isThere(vm, snapshot)) {
      throw AutoSnapshots.leftBehind(vm, "it could not be merged");
    }
    journal.released(Effects.autoSnapshot(vm, record.id(), snapshot));
  }

  /** The engine has forgotten the backup; its checkpoint tells how it ended. */
  private void noteWhatIsSeenOfTheEnd() {
    boolean lost =
        record.checkpoint().filter(c -> !backups.checkpoints(vm).contains(c)).isPresent();
    if (lost) {
      notes.add(
          "The engine forgot the backup of "
              + vm
              + " and did not keep its checkpoint: the next backup reads everything");
    }
    LOG.info("backup {} of {} ended unseen; checkpoint lost: {}", record.id(), vm, lost);
  }

  @Override
  public synchronized void close() {
    if (tried) {
      return;
    }
    try {
      remove();
    } catch (StillpointException e) {
      LOG.warn("snapshot of {} not removed: {} {}", vm, e.getMessage(), e.remedy());
    }
  }
}
