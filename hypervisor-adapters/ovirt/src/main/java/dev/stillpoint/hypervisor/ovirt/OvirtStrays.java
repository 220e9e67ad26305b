package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.hypervisor.Stray.Kind;
import dev.stillpoint.hypervisor.Strays;
import dev.stillpoint.hypervisor.ovirt.mapping.DiskMapping;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.ImageTransfer;
import org.ovirt.engine.sdk4.types.ImageTransferPhase;
import org.ovirt.engine.sdk4.types.Snapshot;
import org.ovirt.engine.sdk4.types.Vm;
import org.w3c.dom.Element;

/** Looks for what backups left behind; asks for the checkpoints of one VM after the other. */
final class OvirtStrays implements Strays {

  private static final Set<String> ENDED = Set.of("succeeded", "failed");
  private static final Set<ImageTransferPhase> FINAL =
      EnumSet.of(
          ImageTransferPhase.FINISHED_SUCCESS,
          ImageTransferPhase.FINISHED_FAILURE,
          ImageTransferPhase.FINISHED_CLEANUP);
  private static final Set<ImageTransferPhase> STUCK =
      EnumSet.of(
          ImageTransferPhase.PAUSED_SYSTEM,
          ImageTransferPhase.PAUSED_USER,
          ImageTransferPhase.UNKNOWN);

  private final Engine engine;
  private final OvirtInventory inventory;

  OvirtStrays(Engine engine, OvirtInventory inventory) {
    this.engine = engine;
    this.inventory = inventory;
  }

  @Override
  public List<Stray> find() {
    List<Stray> found = new ArrayList<>();
    List<Vm> vms = inventory.allVms("disk_attachments,snapshots");
    List<ImageTransfer> transfers = openTransfers();
    List<Disk> locked =
        disks().stream().filter(disk -> disk.status() == DiskStatus.LOCKED).toList();
    Set<String> busy = new HashSet<>();
    transfers.forEach(transfer -> busy.add(diskOf(transfer)));
    Map<String, Vm> owners = new HashMap<>();
    for (Vm vm : vms) {
      List<String> held = VmMapping.attachments(vm).stream().map(a -> a.id()).toList();
      held.forEach(disk -> owners.put(disk, vm));
      List<Snapshot> automatic = automaticSnapshots(vm);
      boolean suspect =
          !automatic.isEmpty() || locked.stream().anyMatch(disk -> held.contains(disk.id()));
      if (suspect && isBackedUp(vm)) {
        busy.addAll(held);
      } else {
        automatic.forEach(snapshot -> found.add(stray(vm, snapshot)));
      }
      found.addAll(checkpoints(vm));
    }
    transfers.stream()
        .filter(transfer -> !transfer.phasePresent() || STUCK.contains(transfer.phase()))
        .forEach(transfer -> found.add(stray(transfer, owners)));
    locked.stream()
        .filter(disk -> !busy.contains(disk.id()))
        .forEach(disk -> found.add(stray(disk, owners)));
    return List.copyOf(found);
  }

  private static List<Snapshot> automaticSnapshots(Vm vm) {
    List<Snapshot> all = vm.snapshotsPresent() ? vm.snapshots() : List.of();
    return all.stream().filter(s -> AutoSnapshots.DESCRIPTION.equals(s.description())).toList();
  }

  private boolean isBackedUp(Vm vm) {
    return list("backups", vm).stream()
        .anyMatch(b -> !ENDED.contains(Xml.text(b, "phase").orElse("")));
  }

  private List<Element> list(String what, Vm vm) {
    String one = what.substring(0, what.length() - 1);
    return engine
        .findXml("Listing the " + what + " of VM " + vm.name(), "/vms/" + vm.id() + "/" + what)
        .map(all -> Xml.children(all, one))
        .orElse(List.of());
  }

  private Stray stray(Vm vm, Snapshot snapshot) {
    String path = "/vms/" + vm.id() + "/snapshots/" + snapshot.id() + "/disks";
    Optional<Long> size =
        engine
            .findXml("Listing the disks of a snapshot of VM " + vm.name(), path)
            .map(
                all ->
                    Xml.children(all, "disk").stream()
                        .flatMap(disk -> Xml.text(disk, "actual_size").stream())
                        .mapToLong(Long::parseLong)
                        .sum());
    return new Stray(
        Kind.SNAPSHOT,
        snapshot.id(),
        "",
        snapshot.description(),
        Optional.of(new VmId(vm.id())),
        vm.name(),
        snapshot.snapshotStatusPresent() ? snapshot.snapshotStatus().value() : "unknown",
        Optional.ofNullable(snapshot.date()).map(date -> date.toInstant()),
        size.map(ByteCount::ofBytes));
  }

  private List<Stray> checkpoints(Vm vm) {
    return list("checkpoints", vm).stream()
        .map(
            checkpoint ->
                new Stray(
                    Kind.CHECKPOINT,
                    checkpoint.getAttribute("id"),
                    "",
                    "checkpoint",
                    Optional.of(new VmId(vm.id())),
                    vm.name(),
                    Xml.text(checkpoint, "state").orElse("unknown"),
                    Xml.text(checkpoint, "creation_date").flatMap(OvirtStrays::instant),
                    Optional.empty()))
        .toList();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Stray stray(ImageTransfer transfer, Map<String, Vm> owners) {
    String disk = diskOf(transfer);
    return new Stray(
        Kind.TRANSFER,
        transfer.id(),
        disk,
        transfer.directionPresent() ? transfer.direction().value() : "transfer",
        id(owners, disk),
        name(owners, disk),
        transfer.phasePresent() ? transfer.phase().value() : "unknown",
        Optional.empty(),
        Optional.empty());
  }

  private static Stray stray(Disk disk, Map<String, Vm> owners) {
    BigInteger size = disk.actualSize();
    return new Stray(
        Kind.LOCKED_DISK,
        disk.id(),
        disk.id(),
        disk.name(),
        id(owners, disk.id()),
        name(owners, disk.id()),
        disk.status().value(),
        Optional.empty(),
        Optional.ofNullable(size).map(DiskMapping::bytes));
  }

  private static Optional<VmId> id(Map<String, Vm> owners, String disk) {
    return Optional.ofNullable(owners.get(disk)).map(vm -> new VmId(vm.id()));
  }

  private static String name(Map<String, Vm> owners, String disk) {
    return Optional.ofNullable(owners.get(disk)).map(Vm::name).orElse("");
  }

  private static String diskOf(ImageTransfer transfer) {
    return transfer.imagePresent() ? transfer.image().id() : "";
  }

  private List<ImageTransfer> openTransfers() {
    return engine
        .call("Listing the transfers", () -> engine.system().imageTransfersService().list().send())
        .imageTransfer()
        .stream()
        .filter(transfer -> !FINAL.contains(transfer.phase()))
        .toList();
  }

  private List<Disk> disks() {
    return engine
        .call("Listing the disks", () -> engine.system().disksService().list().send())
        .disks();
  }
}
