package dev.stillpoint.hypervisor.ovirt;

import static java.util.stream.Collectors.toMap;

import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ovirt.engine.sdk4.types.AffinityGroup;
import org.ovirt.engine.sdk4.types.Cluster;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.Identified;
import org.ovirt.engine.sdk4.types.StorageDomain;
import org.ovirt.engine.sdk4.types.Vm;

/** Where VMs are and what they belong to. */
final class Placements {

  private final Engine engine;
  private final OvirtInventory inventory;
  private final Attributes attributes;

  Placements(Engine engine, OvirtInventory inventory, Attributes attributes) {
    this.engine = engine;
    this.inventory = inventory;
    this.attributes = attributes;
  }

  List<VmPlacement> all() {
    List<Cluster> clusters =
        engine
            .call("Listing the clusters", () -> engine.system().clustersService().list().send())
            .clusters();
    Map<String, Cluster> byId = clusters.stream().collect(toMap(Cluster::id, c -> c));
    Map<String, String> centers =
        names(
            engine
                .call(
                    "Listing the data centers",
                    () -> engine.system().dataCentersService().list().send())
                .dataCenters());
    Map<String, String> hosts = names(hosts());
    Map<String, String> storages = names(inventory.domains());
    Map<String, List<String>> groups = groupsByVm(clusters);
    return inventory.allVms("disk_attachments.disk,tags").stream()
        .map(
            vm -> {
              Optional<Cluster> cluster =
                  Optional.ofNullable(vm.cluster()).map(c -> byId.get(c.id()));
              return new VmPlacement(
                  new VmId(vm.id()),
                  text(vm.name()),
                  cluster.map(Cluster::dataCenter).map(c -> centers.get(c.id())).orElse(""),
                  cluster.map(c -> text(c.name())).orElse(""),
                  Optional.ofNullable(vm.host())
                      .map(h -> hosts.getOrDefault(h.id(), h.id()))
                      .orElse(""),
                  storagesOf(vm, storages),
                  vm.tagsPresent()
                      ? vm.tags().stream().map(t -> text(t.name())).toList()
                      : List.of(),
                  groups.getOrDefault(vm.id(), List.of()));
            })
        .toList();
  }

  /** Hosts may be hidden from the service account; VMs are still found by all else. */
  private List<? extends Identified> hosts() {
    try {
      return engine
          .call("Listing the hosts", () -> engine.system().hostsService().list().send())
          .hosts();
    } catch (StillpointException e) {
      Attributes.requireAnswered(e);
      return List.of();
    }
  }

  private Map<String, List<String>> groupsByVm(List<Cluster> clusters) {
    Map<String, List<String>> byVm = new HashMap<>();
    for (Cluster cluster : clusters) {
      for (AffinityGroup group : attributes.groups(cluster.id())) {
        List<Vm> members = group.vmsPresent() ? group.vms() : List.<Vm>of();
        members.forEach(
            vm -> byVm.computeIfAbsent(vm.id(), id -> new ArrayList<>()).add(text(group.name())));
      }
    }
    return byVm;
  }

  private static List<String> storagesOf(Vm vm, Map<String, String> names) {
    return VmMapping.attachments(vm).stream()
        .filter(DiskAttachment::diskPresent)
        .filter(a -> a.disk().storageDomainsPresent())
        .flatMap(a -> a.disk().storageDomains().stream())
        .map(StorageDomain::id)
        .distinct()
        .map(id -> names.getOrDefault(id, id))
        .toList();
  }

  private static Map<String, String> names(List<? extends Identified> things) {
    return things.stream()
        .collect(toMap(Identified::id, thing -> text(thing.name()), (one, same) -> one));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
