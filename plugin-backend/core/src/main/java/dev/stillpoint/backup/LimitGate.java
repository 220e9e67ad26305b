package dev.stillpoint.backup;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.SiteLimits;
import java.util.List;

/**
 * Lets those VMs of one run through that keep to their site's limits. Thread-safe.
 *
 * <p>Of the VMs of a run that is too large, those that ask first are let through.
 */
final class LimitGate {

  private static final String REMEDY = "Leave it out, or raise the site's limit.";

  private final SiteLimits limits;
  private ByteCount admitted = ByteCount.ZERO;

  LimitGate(SiteLimits limits) {
    this.limits = limits;
  }

  /**
   * @param included the disks that are backed up
   * @throws StillpointException CONFLICT, with the figures
   */
  synchronized void admit(VmSettings vm, List<DiskSettings> included) {
    ByteCount disks = sum(vm.disks());
    ByteCount total = disks.plus(vm.hardware().memory());
    if (limits.vmTotal().filter(limit -> total.compareTo(limit) > 0).isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "VM %s has %s (disks %s, memory %s); its site's limit is %s"
              .formatted(vm.name(), total, disks, vm.hardware().memory(), limits.vmTotal().get()),
          REMEDY);
    }
    ByteCount together = admitted.plus(sum(included));
    if (limits.runData().filter(limit -> together.compareTo(limit) > 0).isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "VM %s has %s to back up, %s with the VMs of this run before it; its site's limit for a run is %s"
              .formatted(vm.name(), sum(included), together, limits.runData().get()),
          REMEDY);
    }
    admitted = together;
  }

  private static ByteCount sum(List<DiskSettings> disks) {
    return disks.stream().map(DiskSettings::size).reduce(ByteCount.ZERO, ByteCount::plus);
  }
}
