package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.StillpointException;

/** What the guest agents of an engine's VMs do for us. */
final class Guests {

  private final Engine engine;
  private final Vms vms;

  Guests(Engine engine, Vms vms) {
    this.engine = engine;
    this.vms = vms;
  }

  void freeze(VmRef vm) {
    engine.run(
        "Freezing the file systems of " + vm,
        () -> vms.service(vm.id()).freezeFilesystems().send());
  }

  /**
   * Thaws; a VM that does not run has nothing frozen. Idempotent.
   *
   * @throws StillpointException when the guest may still be frozen
   */
  void thaw(VmRef vm) {
    try {
      engine.run(
          "Thawing the file systems of " + vm, () -> vms.service(vm.id()).thawFilesystems().send());
    } catch (OvirtException e) {
      boolean runs =
          vms.find(vm.id()).filter(now -> VmMapping.power(now) != PowerState.DOWN).isPresent();
      if (runs) {
        throw e;
      }
    }
  }
}
