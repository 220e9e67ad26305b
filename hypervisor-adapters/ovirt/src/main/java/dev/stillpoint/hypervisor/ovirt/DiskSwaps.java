package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ovirt.engine.sdk4.services.DiskAttachmentService;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.Vm;

/**
 * Attaches, detaches and exchanges disks. Detaching a disk costs the VM its checkpoints, so the
 * next backup is a full one. One restore of a VM at a time.
 */
final class DiskSwaps {

  private static final String REPLACEMENT = "replacement";

  /** The place of a disk on a VM, as it is kept in the journal. */
  private record Place(
      String bus, boolean bootable, boolean active, boolean readOnly, boolean passDiscard) {

    static Place of(DiskAttachment attachment) {
      return new Place(
          attachment.interface_Present()
              ? attachment.interface_().value()
              : DiskInterface.VIRTIO_SCSI.value(),
          attachment.bootablePresent() && attachment.bootable(),
          !attachment.activePresent() || attachment.active(),
          attachment.readOnlyPresent() && attachment.readOnly(),
          attachment.passDiscardPresent() && attachment.passDiscard());
    }

    static Place of(DiskSettings disk) {
      return new Place(disk.bus(), disk.bootable(), disk.active(), disk.readOnly(), false);
    }

    static Place of(Map<String, String> details) {
      return new Place(
          details.get("bus"),
          Boolean.parseBoolean(details.get("bootable")),
          Boolean.parseBoolean(details.get("active")),
          Boolean.parseBoolean(details.get("readOnly")),
          Boolean.parseBoolean(details.get("passDiscard")));
    }
  }

  private final Engine engine;
  private final Vms vms;
  private final Disks disks;

  DiskSwaps(Engine engine, Vms vms, Disks disks) {
    this.engine = engine;
    this.vms = vms;
    this.disks = disks;
  }

  void swap(VmId vm, List<DiskSwap> swaps, EffectJournal journal) {
    VmRef ref = vms.requireDown(vm);
    for (DiskSwap swap : swaps) {
      Place place = Place.of(requireAttached(ref, swap.old()));
      journal.intend(effect(vm, swap, place));
      detach(ref, swap.old().id());
      attach(ref, swap.replacement(), place);
    }
  }

  private DiskAttachment requireAttached(VmRef vm, DiskSettings disk) {
    return attachment(vm, disk.id())
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "Disk " + disk.name() + " is not attached to " + vm,
                    "Restore the VM as a new one instead"));
  }

  private static OutsideEffect effect(VmId vm, DiskSwap swap, Place place) {
    return new OutsideEffect(
        OutsideEffect.Kind.SWAP,
        swap.old().id().value(),
        Map.of(
            Effects.VM,
            vm.value(),
            REPLACEMENT,
            swap.replacement().value(),
            "bus",
            place.bus(),
            "bootable",
            String.valueOf(place.bootable()),
            "active",
            String.valueOf(place.active()),
            "readOnly",
            String.valueOf(place.readOnly()),
            "passDiscard",
            String.valueOf(place.passDiscard())));
  }

  /** Puts the old disk back into its place. Idempotent. */
  void undo(OutsideEffect effect) {
    VmId vm = new VmId(effect.details().get(Effects.VM));
    DiskId old = new DiskId(effect.reference());
    DiskId replacement = new DiskId(effect.details().get(REPLACEMENT));
    Optional<Vm> found = vms.find(vm);
    // Without the VM or the old disk there is nothing to go back to.
    if (found.isEmpty() || disks.find(old).isEmpty()) {
      return;
    }
    VmRef ref = new VmRef(vm, found.get().name());
    boolean swapped = attachment(ref, replacement).isPresent();
    boolean detached = attachment(ref, old).isEmpty();
    if (swapped || detached) {
      vms.requireDown(vm);
    }
    if (swapped) {
      detach(ref, replacement);
    }
    if (detached) {
      attach(ref, old, Place.of(effect.details()));
    }
  }

  void attach(VmId vm, DiskSettings disk) {
    attach(new VmRef(vm, vms.require(vm).name()), disk.id(), Place.of(disk));
  }

  private void attach(VmRef vm, DiskId disk, Place place) {
    disks.awaitOk(disk, disk.value());
    engine.call(
        "Attaching disk " + disk + " to " + vm,
        () ->
            vms.service(vm.id())
                .diskAttachmentsService()
                .add()
                .attachment(
                    diskAttachment()
                        .disk(disk().id(disk.value()))
                        .interface_(DiskInterface.fromValue(place.bus()))
                        .bootable(place.bootable())
                        .active(place.active())
                        .readOnly(place.readOnly())
                        .passDiscard(place.passDiscard()))
                .send());
  }

  /** Returns when the disk hangs on the VM no more; it is kept. Idempotent. */
  void detach(VmRef vm, DiskId disk) {
    engine.find(
        "Detaching disk " + disk + " from " + vm,
        () -> service(vm, disk).remove().detachOnly(true).send());
    engine.await(
        "disk " + disk + " to be detached from " + vm,
        () -> attachment(vm, disk).isPresent() ? Optional.<Boolean>empty() : Optional.of(true));
  }

  private Optional<DiskAttachment> attachment(VmRef vm, DiskId disk) {
    return engine
        .find(
            "Reading the place of disk " + disk + " on " + vm, () -> service(vm, disk).get().send())
        .map(answer -> answer.attachment());
  }

  private DiskAttachmentService service(VmRef vm, DiskId disk) {
    return vms.service(vm.id()).diskAttachmentsService().attachmentService(disk.value());
  }
}
