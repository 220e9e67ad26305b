package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.w3c.dom.Element;

/**
 * The snapshots that the engine makes for backups. It merges each at the end of its backup, and
 * reports success also where that failed, so somebody has to look.
 */
final class AutoSnapshots {

  static final String DESCRIPTION = "Auto-generated for Backup VM";

  /** A disk in such a state is better left to people. */
  private static final Set<String> UNTOUCHABLE = Set.of("illegal", "locked");

  private final Engine engine;

  AutoSnapshots(Engine engine) {
    this.engine = engine;
  }

  boolean isThere(VmRef vm, String id) {
    return find(vm, id).isPresent();
  }

  static StillpointException leftBehind(VmRef vm, String why) {
    return new StillpointException(
        ErrorKind.HYPERVISOR_REFUSED,
        "The engine left the automatic snapshot of the backup of " + vm + " behind: " + why,
        "Deleting it is tried again by itself. If it stays, look into the engine's events of the VM"
            + " and delete the snapshot '"
            + DESCRIPTION
            + "' there; the VM cannot be restored in place before");
  }

  /**
   * Deletes one of ours and waits until it is merged. Idempotent.
   *
   * @throws StillpointException CONFLICT while something holds its disks; HYPERVISOR_REFUSED when
   *     it cannot be merged
   */
  void delete(VmRef vm, String id) {
    Optional<Element> found = find(vm, id);
    if (found.isEmpty()) {
      return;
    }
    if (isLocked(found.get())) {
      throw held(vm, "it is locked");
    }
    for (Element disk : disks(vm, id)) {
      String status = Xml.text(disk, "status").orElse("");
      if (UNTOUCHABLE.contains(status)) {
        throw held(vm, "its disk " + Xml.text(disk, "alias").orElse("") + " is " + status);
      }
    }
    engine.find(
        "Deleting the automatic snapshot of the backup of " + vm,
        () ->
            engine
                .system()
                .vmsService()
                .vmService(vm.id().value())
                .snapshotsService()
                .snapshotService(id)
                .remove()
                .send());
    awaitGone(vm, id);
  }

  /** One that is unlocked again has not been merged. */
  private void awaitGone(VmRef vm, String id) {
    AtomicBoolean merging = new AtomicBoolean();
    engine.await(
        "the automatic snapshot of " + vm + " to be merged",
        () -> {
          Optional<Element> now = find(vm, id);
          if (now.isEmpty()) {
            return Optional.of(true);
          }
          if (isLocked(now.get())) {
            merging.set(true);
          } else if (merging.get()) {
            throw leftBehind(vm, "it could not be merged");
          }
          return Optional.<Boolean>empty();
        });
  }

  private static StillpointException held(VmRef vm, String why) {
    StillpointException left = leftBehind(vm, why);
    return new StillpointException(ErrorKind.CONFLICT, left.getMessage(), left.remedy());
  }

  /** By its id, which only our backup told, and as what it must be. */
  private Optional<Element> find(VmRef vm, String id) {
    return engine
        .findXml("Listing the snapshots of " + vm, "/vms/" + vm.id().value() + "/snapshots")
        .map(list -> Xml.children(list, "snapshot"))
        .orElse(List.of())
        .stream()
        .filter(snapshot -> snapshot.getAttribute("id").equals(id))
        .filter(snapshot -> Xml.text(snapshot, "description").orElse("").equals(DESCRIPTION))
        .findFirst();
  }

  private static boolean isLocked(Element snapshot) {
    return Xml.text(snapshot, "snapshot_status").orElse("").equals("locked");
  }

  private List<Element> disks(VmRef vm, String id) {
    String path = "/vms/" + vm.id().value() + "/snapshots/" + id + "/disks";
    return engine
        .findXml("Listing the disks of the automatic snapshot of " + vm, path)
        .map(all -> Xml.children(all, "disk"))
        .orElse(List.of());
  }
}
