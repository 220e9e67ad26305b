package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;

/**
 * A VM without its data: what is kept with a restore point and brought back by a restore.
 *
 * @param comment the manager's free-text comment, empty where there is none
 * @param bootOrder devices in the manager's words, first one first: {@code hd}, {@code cdrom}
 * @param operatingSystem the manager's word for the guest's operating system, empty where unknown
 * @param nativeDocument the manager's own full description (oVirt: OVF), empty where not asked for
 * @param attributes what else the manager knows of the VM; empty in points of earlier releases
 */
public record VmSettings(
    VmId id,
    String name,
    String description,
    String comment,
    PowerState power,
    Cluster cluster,
    Hardware hardware,
    List<String> bootOrder,
    String operatingSystem,
    List<DiskSettings> disks,
    List<NicSettings> nics,
    String nativeDocument,
    Optional<VmAttributes> attributes) {

  public VmSettings {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    requireNonNull(comment, "comment");
    requireNonNull(power, "power");
    requireNonNull(cluster, "cluster");
    requireNonNull(hardware, "hardware");
    bootOrder = List.copyOf(bootOrder);
    requireNonNull(operatingSystem, "operatingSystem");
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
    requireNonNull(nativeDocument, "nativeDocument");
    requireNonNull(attributes, "attributes");
  }

  public VmSettings withNics(List<NicSettings> others) {
    return with(id, name, cluster, others);
  }

  public VmSettings withAttributes(VmAttributes others) {
    return new VmSettings(
        id,
        name,
        description,
        comment,
        power,
        cluster,
        hardware,
        bootOrder,
        operatingSystem,
        disks,
        nics,
        nativeDocument,
        Optional.of(others));
  }

  public Optional<DiskSettings> disk(DiskId disk) {
    return disks.stream().filter(d -> d.id().equals(disk)).findFirst();
  }

  /** The same VM under another id and name, elsewhere, with other NICs. */
  public VmSettings with(
      VmId newId, String newName, Cluster newCluster, List<NicSettings> newNics) {
    return new VmSettings(
        newId,
        newName,
        description,
        comment,
        power,
        newCluster,
        hardware,
        bootOrder,
        operatingSystem,
        disks,
        newNics,
        nativeDocument,
        attributes);
  }
}
