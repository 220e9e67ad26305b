package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.load.VmLoad;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One line of the list of VMs. */
public record VmDto(
    String id,
    String name,
    @Words(of = PowerState.class) String power,
    String cluster,
    int disks,
    long provisionedBytes,
    Optional<LoadDto> load,
    Optional<PlacementDto> placement) {

  /** How busy its disks are together; operations only where they are known yet. */
  public record LoadDto(
      long bytesReadPerSecond,
      long bytesWrittenPerSecond,
      Optional<Double> readsPerSecond,
      Optional<Double> writesPerSecond) {

    static LoadDto of(VmLoad load) {
      return new LoadDto(
          load.readBytesPerSecond(),
          load.writtenBytesPerSecond(),
          load.operations().map(DiskLoad.Operations::readsPerSecond),
          load.operations().map(DiskLoad.Operations::writesPerSecond));
    }
  }

  /** Where it is and what it belongs to. */
  public record PlacementDto(
      String dataCenter,
      Optional<String> host,
      List<String> storages,
      List<String> tags,
      List<String> affinityGroups) {

    static PlacementDto of(VmPlacement place) {
      return new PlacementDto(
          place.dataCenter(),
          Optional.of(place.host()).filter(host -> !host.isEmpty()),
          place.storages(),
          place.tags(),
          place.affinityGroups());
    }
  }

  public static VmDto of(VmSummary vm, Optional<VmLoad> load, Optional<VmPlacement> placement) {
    return new VmDto(
        vm.id().value(),
        vm.name(),
        vm.power().name().toLowerCase(Locale.ROOT),
        vm.cluster(),
        vm.disks(),
        vm.provisioned().bytes(),
        load.map(LoadDto::of),
        placement.map(PlacementDto::of));
  }
}
