package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.Snapshots;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.hypervisor.ovirt.mapping.DiskMapping;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.Vm;

/** Points in time of VMs, made by the engine's backup API. */
final class OvirtSnapshots implements Snapshots {

  private final Engine engine;
  private final Vms vms;
  private final Guests guests;
  private final Backups backups;
  private final AutoSnapshots autoSnapshots;
  private final Transfers transfers;
  private final SSLContext trust;

  OvirtSnapshots(
      Engine engine,
      Vms vms,
      Guests guests,
      Backups backups,
      AutoSnapshots autoSnapshots,
      Transfers transfers,
      SSLContext trust) {
    this.engine = engine;
    this.vms = vms;
    this.guests = guests;
    this.backups = backups;
    this.autoSnapshots = autoSnapshots;
    this.transfers = transfers;
    this.trust = trust;
  }

  @Override
  public VmSnapshot take(SnapshotRequest request, EffectJournal journal) {
    Vm vm = vms.require(request.vm());
    VmRef ref = new VmRef(request.vm(), vm.name());
    if (VmMapping.power(vm) == PowerState.OTHER) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          ref + " cannot be backed up while it is " + VmMapping.state(vm),
          "Wait until the VM is up or down");
    }
    List<DiskSettings> disks = disks(ref, vm, request.disks());
    OvirtVmSnapshot.Means means =
        new OvirtVmSnapshot.Means(guests, backups, autoSnapshots, transfers, journal, this::open);
    Supplier<GuestFreeze> freezing = freezing(ref, vm, request.freezing(), journal);
    return new BackupStart(ref, disks, means, freezing).take(request);
  }

  /** What is done to the guest at each attempt to start. */
  private Supplier<GuestFreeze> freezing(VmRef ref, Vm vm, Freezing wish, EffectJournal journal) {
    if (VmMapping.power(vm) == PowerState.DOWN) {
      Optional<Consistency> asItWasShutDown = Optional.of(Consistency.FILESYSTEM);
      return () -> GuestFreeze.none(guests, ref, journal, asItWasShutDown);
    }
    if (wish == Freezing.NONE) {
      return () -> GuestFreeze.none(guests, ref, journal, Optional.empty());
    }
    if (wish == Freezing.REQUIRE && !vms.isBackedUpBySnapshot(vm)) {
      return () -> GuestFreeze.byItsHost(guests, ref, journal);
    }
    return () -> GuestFreeze.begin(guests, ref, journal, wish, engine.nanoClock());
  }

  private ImageioTicket open(Transfer transfer, long sizeBytes) {
    return ImageioTicket.open(
        transfer.hostUrl(),
        transfer.proxyUrl(),
        transfer.name(),
        sizeBytes,
        trust,
        engine.timeouts());
  }

  /** The asked disks that the engine can back up; the others it would leave out silently. */
  private static List<DiskSettings> disks(VmRef ref, Vm vm, List<DiskId> asked) {
    Map<DiskId, DiskSettings> attached =
        VmMapping.attachments(vm).stream()
            .filter(DiskAttachment::diskPresent)
            .map(a -> DiskMapping.settings(a, Map.of()))
            .collect(Collectors.toMap(DiskSettings::id, Function.identity()));
    for (DiskId disk : asked) {
      if (!attached.containsKey(disk)) {
        throw new StillpointException(
            ErrorKind.NOT_FOUND,
            "Disk " + disk + " is not attached to " + ref,
            "Choose the VM's disks again");
      }
    }
    List<DiskSettings> able =
        asked.stream().map(attached::get).filter(d -> d.backupRefusal().isEmpty()).toList();
    if (able.isEmpty()) {
      DiskSettings first = attached.get(asked.get(0));
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "No disk of " + ref + " can be backed up: " + first.name() + ": " + first.backupRefusal(),
          "Take the VM out of the policy or give it disks on a storage domain");
    }
    return able;
  }

  @Override
  public List<CheckpointId> checkpoints(VmId vm) {
    Optional<VmRef> ref = vms.find(vm).map(found -> new VmRef(vm, found.name()));
    return ref.map(backups::checkpoints).orElse(List.of());
  }
}
