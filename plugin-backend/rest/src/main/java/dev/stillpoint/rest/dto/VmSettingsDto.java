package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Hardware;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A VM without its data. */
public record VmSettingsDto(
    String id,
    String name,
    String description,
    @Words(of = PowerState.class) String power,
    ClusterDto cluster,
    HardwareDto hardware,
    List<String> bootOrder,
    String operatingSystem,
    List<DiskDto> disks,
    List<NicDto> nics,
    Optional<AttributesDto> attributes) {

  /** A cluster. */
  public record ClusterDto(String id, String name) {}

  /** Processors, memory, firmware. */
  public record HardwareDto(
      int sockets,
      int coresPerSocket,
      int threadsPerCore,
      long memoryBytes,
      long guaranteedMemoryBytes,
      long maximumMemoryBytes,
      String firmware,
      boolean highlyAvailable) {

    static HardwareDto of(Hardware hardware) {
      return new HardwareDto(
          hardware.sockets(),
          hardware.coresPerSocket(),
          hardware.threadsPerCore(),
          hardware.memory().bytes(),
          hardware.guaranteedMemory().bytes(),
          hardware.maximumMemory().bytes(),
          hardware.firmware(),
          hardware.highlyAvailable());
    }
  }

  /** A disk and how it hangs on the VM. */
  public record DiskDto(
      String id,
      String name,
      long bytesVirtual,
      String format,
      String storage,
      String bus,
      boolean bootable,
      boolean active,
      boolean changeTracking,
      String backupRefusal) {

    static DiskDto of(DiskSettings disk) {
      return new DiskDto(
          disk.id().value(),
          disk.name(),
          disk.size().bytes(),
          disk.format(),
          disk.storage().name(),
          disk.bus(),
          disk.bootable(),
          disk.active(),
          disk.changeTracking(),
          disk.backupRefusal());
    }
  }

  /** A virtual NIC. */
  public record NicDto(
      String name,
      String model,
      String mac,
      String profile,
      String network,
      boolean linked,
      boolean plugged,
      List<String> guestAddresses) {

    static NicDto of(NicSettings nic) {
      return new NicDto(
          nic.name(),
          nic.model(),
          nic.mac(),
          nic.profile().name(),
          nic.profile().network(),
          nic.linked(),
          nic.plugged(),
          nic.guestAddresses());
    }
  }

  /** What else the manager knows of the VM. */
  public record AttributesDto(
      List<String> tags,
      List<String> affinityGroups,
      List<String> affinityLabels,
      Map<String, String> customProperties,
      List<PermissionDto> permissions,
      List<String> unread) {

    static AttributesDto of(VmAttributes attributes) {
      return new AttributesDto(
          names(attributes.tags()),
          names(attributes.affinityGroups()),
          names(attributes.affinityLabels()),
          attributes.customProperties(),
          attributes.permissions().stream()
              .map(one -> new PermissionDto(one.role().name(), one.holder().name(), one.group()))
              .toList(),
          attributes.unread());
    }

    private static List<String> names(List<VmAttributes.Named> things) {
      return things.stream().map(VmAttributes.Named::name).toList();
    }
  }

  /** A role of a user or a group. */
  public record PermissionDto(String role, String holder, boolean group) {}

  public static VmSettingsDto of(VmSettings vm) {
    return new VmSettingsDto(
        vm.id().value(),
        vm.name(),
        vm.description(),
        vm.power().name().toLowerCase(Locale.ROOT),
        new ClusterDto(vm.cluster().id(), vm.cluster().name()),
        HardwareDto.of(vm.hardware()),
        vm.bootOrder(),
        vm.operatingSystem(),
        vm.disks().stream().map(DiskDto::of).toList(),
        vm.nics().stream().map(NicDto::of).toList(),
        vm.attributes().map(AttributesDto::of));
  }
}
