package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.ovirt.mapping.DiskMapping;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.http.HttpStatus;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskBackupMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the backup of one VM. Where the engine has lost what changed since the asked checkpoint,
 * it starts again as a full one: nothing is ever guessed.
 */
final class BackupStart {

  private static final Logger LOG = LoggerFactory.getLogger(BackupStart.class);
  private static final String FIRST = "there is no earlier backup to compare with";

  /** The changes cannot be had; says why. */
  private static final class ChangesLostException extends Exception {

    private static final long serialVersionUID = 1L;

    ChangesLostException(String reason) {
      super(reason);
    }
  }

  private final VmRef vm;
  private final List<DiskSettings> disks;
  private final OvirtVmSnapshot.Means means;
  private final Backups backups;
  private final EffectJournal journal;
  private final Supplier<GuestFreeze> freezing;

  /**
   * @param freezing brings the guest to rest, once for each attempt
   */
  BackupStart(
      VmRef vm,
      List<DiskSettings> disks,
      OvirtVmSnapshot.Means means,
      Supplier<GuestFreeze> freezing) {
    this.vm = vm;
    this.disks = disks;
    this.means = means;
    this.backups = means.backups();
    this.journal = means.journal();
    this.freezing = freezing;
  }

  VmSnapshot take(SnapshotRequest request) {
    String id = request.request().toString();
    // The engine refuses an id twice, even one whose backup failed.
    String second = UUID.nameUUIDFromBytes((id + ":full").getBytes(UTF_8)).toString();
    Optional<String> running =
        List.of(id, second).stream()
            .filter(b -> backups.find(vm, b).filter(r -> !r.hasEnded()).isPresent())
            .findFirst();
    if (running.isPresent()) {
      journal.intend(Effects.snapshot(vm, running.get()));
      try (GuestFreeze unknown = unknown()) {
        return ready(running.get(), Reason.of(ReasonCode.CHANGES_NOT_ASKED).text(), unknown);
      }
    }
    if (request.since().isPresent()) {
      try {
        return incremental(id, request);
      } catch (ChangesLostException e) {
        LOG.info("full read of {}: {}", vm, e.getMessage());
        return start(second, request, Optional.empty(), e.getMessage());
      }
    }
    return start(id, request, Optional.empty(), FIRST);
  }

  private OvirtVmSnapshot start(
      String id, SnapshotRequest request, Optional<CheckpointId> since, String fullReason) {
    OvirtVmSnapshot snapshot;
    try (GuestFreeze guest = freezing.get()) {
      begin(id, since, request.description(), guest.isByItsHost());
      snapshot = ready(id, fullReason, guest);
    }
    boolean atRest = snapshot.consistency().equals(Optional.of(Consistency.FILESYSTEM));
    if (request.freezing() == Freezing.REQUIRE && !atRest) {
      snapshot.remove();
      snapshot.checkpoint().ifPresent(this::dropCheckpoint);
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          String.join("; ", snapshot.notes()),
          "Back the VM up when its storage and the engine are less busy, or let the policy only"
              + " try");
    }
    return snapshot;
  }

  /** A backup that was started before: what was done to the guest then is forgotten. */
  private GuestFreeze unknown() {
    return GuestFreeze.none(means.guests(), vm, journal, Optional.empty());
  }

  private VmSnapshot incremental(String id, SnapshotRequest request) throws ChangesLostException {
    CheckpointId since = request.since().orElseThrow();
    OvirtVmSnapshot snapshot;
    try {
      snapshot = start(id, request, request.since(), "");
    } catch (StillpointException e) {
      if (isAboutCheckpoint(e) || !backups.checkpoints(vm).contains(since)) {
        throw new ChangesLostException(
            "the engine no longer has the checkpoint of the last backup");
      }
      throw e;
    }
    for (SnapshotDisk disk : snapshot.disks()) {
      if (disk.readMode().incremental()) {
        prepare(snapshot, disk.id());
      }
    }
    return snapshot;
  }

  /**
   * Opens the transfer now: only this shows whether the host still has the bitmap, and only now can
   * the backup be taken again.
   */
  private void prepare(OvirtVmSnapshot snapshot, DiskId disk) throws ChangesLostException {
    try {
      snapshot.prepare(disk);
    } catch (StillpointException e) {
      boolean bitmap =
          e instanceof OvirtException refusal
              && (refusal.status() == HttpStatus.SC_BAD_REQUEST || refusal.isAfterwards());
      snapshot.remove();
      if (!bitmap) {
        throw e;
      }
      snapshot.checkpoint().ifPresent(this::dropCheckpoint);
      throw new ChangesLostException(
          "the change tracking of disk " + snapshot.diskName(disk) + " is damaged on its host");
    }
  }

  private void dropCheckpoint(CheckpointId checkpoint) {
    backups.deleteCheckpoint(vm, checkpoint);
    journal.released(Effects.checkpoint(vm, checkpoint));
  }

  private static boolean isAboutCheckpoint(StillpointException e) {
    return e instanceof OvirtException refusal
        && refusal.isDefinite()
        && refusal.detail().contains("heckpoint");
  }

  private void begin(
      String id, Optional<CheckpointId> since, String description, boolean requireConsistency) {
    OutsideEffect effect = Effects.snapshot(vm, id);
    journal.intend(effect);
    try {
      List<DiskId> wanted = disks.stream().map(DiskSettings::id).toList();
      backups.start(vm, id, wanted, since, description, requireConsistency);
    } catch (OvirtException e) {
      // Only we know this id: a backup that has it is ours, though its start is refused now.
      if (backups.find(vm, id).filter(found -> !found.hasEnded()).isPresent()) {
        return;
      }
      if (e.isDefinite()) {
        journal.released(effect);
      }
      throw e;
    } catch (StillpointException e) {
      // The answer was lost; the backup may run all the same.
      if (backups.find(vm, id).isEmpty()) {
        throw e;
      }
    }
  }

  private OvirtVmSnapshot ready(String id, String fullReason, GuestFreeze guest) {
    BackupRecord record;
    try {
      record = backups.awaitReady(vm, id, guest::thawWhenOverdue);
    } catch (StillpointException e) {
      if (backups.find(vm, id).map(BackupRecord::hasEnded).orElse(true)) {
        journal.released(Effects.snapshot(vm, id));
      }
      throw e;
    }
    record.checkpoint().ifPresent(c -> journal.intend(Effects.checkpoint(vm, c)));
    record.snapshotId().ifPresent(s -> journal.intend(Effects.autoSnapshot(vm, id, s)));
    List<SnapshotDisk> held = backups.disks(vm, id).stream().map(d -> disk(d, fullReason)).toList();
    return new OvirtVmSnapshot(vm, record, held, disks, guest, means);
  }

  private static SnapshotDisk disk(Disk disk, String fullReason) {
    ReadMode mode;
    if (disk.backupMode() == DiskBackupMode.INCREMENTAL) {
      mode = ReadMode.INCREMENTAL;
    } else {
      mode = ReadMode.full(fullReason.isEmpty() ? DiskMapping.fullReadReason(disk) : fullReason);
    }
    return new SnapshotDisk(new DiskId(disk.id()), DiskMapping.bytes(disk.provisionedSize()), mode);
  }
}
