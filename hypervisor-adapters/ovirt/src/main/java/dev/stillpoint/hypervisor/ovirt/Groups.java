package dev.stillpoint.hypervisor.ovirt;

import static java.util.stream.Collectors.toMap;

import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ovirt.engine.sdk4.types.AffinityGroup;
import org.ovirt.engine.sdk4.types.Cluster;
import org.ovirt.engine.sdk4.types.Tag;
import org.ovirt.engine.sdk4.types.Vm;

/** What the engine keeps VMs together in: affinity groups, tags, clusters. */
final class Groups {

  /** The tag above all tags, which no VM has. */
  private static final String ROOT = "00000000-0000-0000-0000-000000000000";

  private final Engine engine;
  private final OvirtInventory inventory;
  private final Attributes attributes;

  Groups(Engine engine, OvirtInventory inventory, Attributes attributes) {
    this.engine = engine;
    this.inventory = inventory;
    this.attributes = attributes;
  }

  List<VmGroup> all() {
    List<Cluster> clusters =
        engine
            .call("Listing the clusters", () -> engine.system().clustersService().list().send())
            .clusters();
    List<Vm> vms = inventory.allVms("tags");
    List<VmGroup> groups = new ArrayList<>();
    clusters.forEach(
        cluster ->
            attributes.groups(cluster.id()).forEach(g -> groups.add(affinity(g, cluster.name()))));
    groups.addAll(tags(vms));
    clusters.forEach(cluster -> groups.add(cluster(cluster, vms)));
    return groups.stream()
        .sorted(
            Comparator.comparing(VmGroup::kind)
                .thenComparing(VmGroup::name)
                .thenComparing(VmGroup::cluster))
        .toList();
  }

  private static VmGroup affinity(AffinityGroup group, String cluster) {
    List<Vm> members = group.vmsPresent() ? group.vms() : List.<Vm>of();
    return new VmGroup(
        group.id(), text(group.name()), VmGroup.Kind.AFFINITY_GROUP, text(cluster), ids(members));
  }

  private static VmGroup cluster(Cluster cluster, List<Vm> vms) {
    List<Vm> members =
        vms.stream()
            .filter(vm -> vm.clusterPresent() && cluster.id().equals(vm.cluster().id()))
            .toList();
    String name = text(cluster.name());
    return new VmGroup(cluster.id(), name, VmGroup.Kind.CLUSTER, name, ids(members));
  }

  private List<VmGroup> tags(List<Vm> vms) {
    Map<String, String> names =
        new LinkedHashMap<>(
            known().stream().collect(toMap(Tag::id, tag -> text(tag.name()), (one, same) -> one)));
    Map<String, List<Vm>> members = new LinkedHashMap<>();
    for (Vm vm : vms) {
      for (Tag tag : vm.tagsPresent() ? vm.tags() : List.<Tag>of()) {
        names.putIfAbsent(tag.id(), text(tag.name()));
        members.computeIfAbsent(tag.id(), id -> new ArrayList<>()).add(vm);
      }
    }
    names.remove(ROOT);
    return names.entrySet().stream()
        .map(
            tag ->
                new VmGroup(
                    tag.getKey(),
                    tag.getValue(),
                    VmGroup.Kind.TAG,
                    "",
                    ids(members.getOrDefault(tag.getKey(), List.of()))))
        .toList();
  }

  /** The list may be hidden from the service account; what VMs have is seen all the same. */
  private List<Tag> known() {
    try {
      return engine
          .call("Listing the tags", () -> engine.system().tagsService().list().send())
          .tags();
    } catch (StillpointException e) {
      Attributes.requireAnswered(e);
      return List.of();
    }
  }

  private static List<VmId> ids(List<Vm> vms) {
    return vms.stream().map(vm -> new VmId(vm.id())).toList();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
