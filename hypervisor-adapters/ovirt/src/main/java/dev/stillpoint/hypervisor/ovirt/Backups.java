package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.backup;
import static org.ovirt.engine.sdk4.builders.Builders.disk;

import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.http.HttpStatus;
import org.ovirt.engine.sdk4.builders.BackupBuilder;
import org.ovirt.engine.sdk4.builders.DiskBuilder;
import org.ovirt.engine.sdk4.services.VmBackupsService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Disk;

/** The backups and checkpoints of an engine's VMs. */
final class Backups {

  private static final int LONGEST_DESCRIPTION = 1024;

  private final Engine engine;

  Backups(Engine engine) {
    this.engine = engine;
  }

  /**
   * Asks for a backup under an id of our own.
   *
   * @param requireConsistency only the flow without a snapshot heeds it
   */
  void start(
      VmRef vm,
      String id,
      List<DiskId> disks,
      Optional<CheckpointId> since,
      String text,
      boolean requireConsistency) {
    BackupBuilder wanted =
        backup()
            .id(id)
            .description(text.substring(0, Math.min(text.length(), LONGEST_DESCRIPTION)))
            .disks(disks.stream().map(d -> disk().id(d.value())).toArray(DiskBuilder[]::new));
    since.ifPresent(checkpoint -> wanted.fromCheckpointId(checkpoint.value()));
    engine.call(
        "Starting the backup of " + vm,
        () -> {
          VmBackupsService.AddRequest request = vm(vm.id()).backupsService().add().backup(wanted);
          return (requireConsistency ? request.requireConsistency(true) : request).send();
        });
  }

  Optional<BackupRecord> find(VmRef vm, String id) {
    return engine
        .findXml("Reading the backup of " + vm, "/vms/" + vm.id().value() + "/backups/" + id)
        .map(BackupRecord::of);
  }

  /**
   * Waits until the backup can be read.
   *
   * @param meanwhile called before each look
   * @throws StillpointException HYPERVISOR_REFUSED when it fails or vanishes
   */
  BackupRecord awaitReady(VmRef vm, String id, Runnable meanwhile) {
    return engine.await(
        "the backup of " + vm + " to be ready",
        () -> {
          meanwhile.run();
          BackupRecord record =
              find(vm, id).orElseThrow(() -> failed(vm, "it vanished from the engine"));
          if (record.hasEnded()) {
            throw failed(vm, "the engine reports it as " + record.phase());
          }
          return Optional.of(record).filter(BackupRecord::isReady);
        });
  }

  private static StillpointException failed(VmRef vm, String how) {
    return new StillpointException(
        ErrorKind.HYPERVISOR_REFUSED,
        "The backup of " + vm + " did not start: " + how,
        "Look into the engine's events of the VM for the cause");
  }

  /** The disks that the backup really holds, with the mode of each. */
  List<Disk> disks(VmRef vm, String id) {
    return engine
        .call(
            "Listing the disks of the backup of " + vm,
            () -> vm(vm.id()).backupsService().backupService(id).disksService().list().send())
        .disks();
  }

  /**
   * Ends a backup and waits until its snapshot is merged. Idempotent.
   *
   * @return whether the engine told how it ended; it forgets ended backups after a while
   * @throws StillpointException CONFLICT when a transfer stays open
   */
  boolean end(VmRef vm, String id) {
    engine.await("the backup of " + vm + " to be finalized", () -> finalizeOnce(vm, id));
    Optional<BackupRecord> last =
        engine.await(
            "the backup of " + vm + " to end",
            () -> {
              Optional<BackupRecord> now = find(vm, id);
              return now.filter(record -> !record.hasEnded()).isPresent()
                  ? Optional.<Optional<BackupRecord>>empty()
                  : Optional.of(now);
            });
    if (last.filter(BackupRecord::hasFailed).isPresent()) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The engine could not end the backup of " + vm + " cleanly",
          "Look into the engine's events of the VM, and for a snapshot left behind there");
    }
    return last.isPresent();
  }

  /** Empty: to be repeated, a transfer is still closing. */
  private Optional<Boolean> finalizeOnce(VmRef vm, String id) {
    try {
      engine.call(
          "Ending the backup of " + vm,
          () -> vm(vm.id()).backupsService().backupService(id).finalize_().send());
      return Optional.of(true);
    } catch (OvirtException e) {
      if (e.status() == HttpStatus.SC_NOT_FOUND) {
        return Optional.of(true);
      }
      if (e.status() == HttpStatus.SC_CONFLICT) {
        return Optional.empty();
      }
      Optional<BackupRecord> now = find(vm, id);
      if (now.isEmpty() || now.get().hasEnded() || now.get().phase().equals("finalizing")) {
        return Optional.of(true);
      }
      // Seen: refused with 400 after a transfer could not start, accepted when repeated.
      if (e.status() == HttpStatus.SC_BAD_REQUEST && now.get().isReady()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Oldest first, without those that the engine has marked invalid. */
  List<CheckpointId> checkpoints(VmRef vm) {
    return engine
        .findXml("Listing the checkpoints of " + vm, "/vms/" + vm.id().value() + "/checkpoints")
        .map(list -> Xml.children(list, "checkpoint"))
        .orElse(List.of())
        .stream()
        .filter(c -> !Xml.text(c, "state").orElse("").equals("invalid"))
        .sorted(Comparator.comparing(c -> Xml.text(c, "creation_date").orElse("")))
        .map(c -> new CheckpointId(c.getAttribute("id")))
        .toList();
  }

  /** Idempotent. */
  void deleteCheckpoint(VmRef vm, CheckpointId id) {
    engine.find(
        "Deleting checkpoint " + id + " of " + vm,
        () -> vm(vm.id()).checkpointsService().checkpointService(id.value()).remove().send());
    engine.await(
        "checkpoint " + id + " of " + vm + " to be deleted",
        () ->
            checkpointIds(vm).contains(id.value()) ? Optional.<Boolean>empty() : Optional.of(true));
  }

  /** With the invalid ones: they too must go. */
  private Set<String> checkpointIds(VmRef vm) {
    return engine
        .findXml("Listing the checkpoints of " + vm, "/vms/" + vm.id().value() + "/checkpoints")
        .map(list -> Xml.children(list, "checkpoint"))
        .orElse(List.of())
        .stream()
        .map(c -> c.getAttribute("id"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private VmService vm(VmId id) {
    return engine.system().vmsService().vmService(id.value());
  }
}
