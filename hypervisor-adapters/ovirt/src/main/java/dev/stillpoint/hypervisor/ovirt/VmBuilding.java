package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.bios;
import static org.ovirt.engine.sdk4.builders.Builders.boot;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.cpu;
import static org.ovirt.engine.sdk4.builders.Builders.cpuTopology;
import static org.ovirt.engine.sdk4.builders.Builders.highAvailability;
import static org.ovirt.engine.sdk4.builders.Builders.memoryPolicy;
import static org.ovirt.engine.sdk4.builders.Builders.operatingSystem;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.Hardware;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ovirt.engine.sdk4.builders.VmBuilder;
import org.ovirt.engine.sdk4.types.BiosType;
import org.ovirt.engine.sdk4.types.BootDevice;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.Vm;

/** Makes VMs, changes them, takes unfinished ones away. */
final class VmBuilding {

  private static final String BLANK = "00000000-0000-0000-0000-000000000000";

  private final Engine engine;
  private final Vms vms;
  private final OvirtInventory inventory;
  private final Nics nics;

  VmBuilding(Engine engine, Vms vms, OvirtInventory inventory) {
    this.engine = engine;
    this.vms = vms;
    this.inventory = inventory;
    this.nics = new Nics(engine, vms, inventory);
  }

  VmId create(VmSettings settings, String mark, EffectJournal journal) {
    OutsideEffect effect = Effects.vm(mark, settings.name());
    journal.intend(effect);
    VmBuilder wanted =
        described(settings)
            .name(settings.name())
            .comment(mark)
            .cluster(cluster().id(settings.cluster().id()))
            .template(template().id(BLANK));
    Vm made;
    try {
      made =
          engine
              .call(
                  "Creating VM " + settings.name(),
                  () -> engine.system().vmsService().add().vm(wanted).send())
              .vm();
    } catch (OvirtException e) {
      if (e.isDefinite()) {
        journal.released(effect);
      }
      throw e;
    }
    VmId id = new VmId(made.id());
    VmRef ref = new VmRef(id, settings.name());
    awaitUnlocked(ref);
    for (NicSettings nic : settings.nics()) {
      nics.add(ref, nic);
    }
    return id;
  }

  private void awaitUnlocked(VmRef ref) {
    engine.await(
        ref + " to be made",
        () -> vms.find(ref.id()).filter(v -> VmMapping.power(v) != PowerState.OTHER));
  }

  /**
   * @return a sentence for each thing that could not be brought back
   */
  List<String> apply(VmId id, VmSettings wanted) {
    VmRef ref = vms.requireDown(id);
    engine.call("Changing " + ref, () -> vms.service(id).update().vm(described(wanted)).send());
    List<String> lost = new ArrayList<>();
    String firmware = wanted.hardware().firmware();
    if (!firmware.isEmpty() && firmware(firmware).isEmpty()) {
      lost.add("Chip set and firmware were not changed to " + firmware + ": unknown here");
    }
    VmSettings now = inventory.settings(id).orElse(wanted);
    lost.addAll(nics.apply(ref, now.nics(), wanted.nics()));
    return List.copyOf(lost);
  }

  void complete(VmId id, VmSettings settings) {
    engine.call(
        "Completing VM " + settings.name(),
        () -> vms.service(id).update().vm(vm().comment(settings.comment())).send());
  }

  /** Deletes the VM that carries the mark, if there is one; its disks are kept. Idempotent. */
  void deleteMarked(String mark, DiskSwaps swaps) {
    List<Vm> marked = inventory.allVms().stream().filter(v -> mark.equals(v.comment())).toList();
    for (Vm unfinished : marked) {
      VmRef ref = vms.requireDown(new VmId(unfinished.id()));
      for (DiskAttachment attachment : VmMapping.attachments(unfinished)) {
        swaps.detach(ref, new DiskId(attachment.id()));
      }
      engine.find(
          "Deleting the unfinished " + ref,
          () -> vms.service(ref.id()).remove().detachOnly(true).send());
      engine.await(
          ref + " to be deleted",
          () -> vms.find(ref.id()).isPresent() ? Optional.<Boolean>empty() : Optional.of(true));
    }
  }

  private static VmBuilder described(VmSettings settings) {
    Hardware hardware = settings.hardware();
    VmBuilder described =
        vm().description(settings.description())
            .memory(hardware.memory().bytes())
            .memoryPolicy(
                memoryPolicy()
                    .guaranteed(hardware.guaranteedMemory().bytes())
                    .max(hardware.maximumMemory().bytes()))
            .cpu(
                cpu()
                    .topology(
                        cpuTopology()
                            .sockets(hardware.sockets())
                            .cores(hardware.coresPerSocket())
                            .threads(hardware.threadsPerCore())))
            .highAvailability(highAvailability().enabled(hardware.highlyAvailable()));
    firmware(hardware.firmware()).ifPresent(type -> described.bios(bios().type(type)));
    List<BootDevice> devices = bootDevices(settings.bootOrder());
    if (!settings.operatingSystem().isEmpty()) {
      described.os(
          operatingSystem().type(settings.operatingSystem()).boot(boot().devices(devices)));
    } else if (!devices.isEmpty()) {
      described.os(operatingSystem().boot(boot().devices(devices)));
    }
    return described;
  }

  /** Empty where the engine's own choice is wanted, or is of a sort that the SDK cannot name. */
  private static Optional<BiosType> firmware(String name) {
    return Arrays.stream(BiosType.values()).filter(t -> t.value().equals(name)).findFirst();
  }

  private static List<BootDevice> bootDevices(List<String> names) {
    return names.stream()
        .flatMap(n -> Arrays.stream(BootDevice.values()).filter(d -> d.value().equals(n)))
        .toList();
  }
}
