package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.VmSummary;
import java.util.Locale;

/** One line of the list of VMs. */
public record VmDto(
    String id, String name, String power, String cluster, int disks, long provisionedBytes) {

  public static VmDto of(VmSummary vm) {
    return new VmDto(
        vm.id().value(),
        vm.name(),
        vm.power().name().toLowerCase(Locale.ROOT),
        vm.cluster(),
        vm.disks(),
        vm.provisioned().bytes());
  }
}
