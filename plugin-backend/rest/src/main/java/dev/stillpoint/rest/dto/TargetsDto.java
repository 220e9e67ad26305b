package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.StorageSpace;
import java.util.List;

/** Where VMs can be restored to at a site, each by its name. */
public record TargetsDto(
    List<ClusterDto> clusters, List<StorageDto> storages, List<NetworkDto> networks) {

  /** A place for VMs. */
  public record ClusterDto(String id, String name) {

    static ClusterDto of(Cluster cluster) {
      return new ClusterDto(cluster.id(), cluster.name());
    }
  }

  /**
   * A place for disks.
   *
   * @param bytesAvailable that new disks may still take
   * @param usable active, and meant for disks
   * @param clusters ids of those whose VMs can have disks there
   */
  public record StorageDto(
      String id, String name, long bytesAvailable, boolean usable, List<String> clusters) {

    static StorageDto of(StorageSpace storage) {
      return new StorageDto(
          storage.id(),
          storage.name(),
          storage.available().bytes(),
          storage.usable(),
          storage.clusters().stream().sorted().toList());
    }
  }

  /**
   * What a NIC can be connected to.
   *
   * @param name of the profile
   * @param network behind it
   */
  public record NetworkDto(String id, String name, String network) {

    static NetworkDto of(NetworkProfile profile) {
      return new NetworkDto(profile.id(), profile.name(), profile.network());
    }
  }

  public static TargetsDto of(Inventory inventory) {
    return new TargetsDto(
        inventory.clusters().stream().map(ClusterDto::of).toList(),
        inventory.storages().stream().map(StorageDto::of).toList(),
        inventory.networks().stream().map(NetworkDto::of).toList());
  }
}
