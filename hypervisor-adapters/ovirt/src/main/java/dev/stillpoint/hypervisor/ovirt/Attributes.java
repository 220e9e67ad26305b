package dev.stillpoint.hypervisor.ovirt;

import static java.util.stream.Collectors.toMap;

import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmAttributes.Named;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.AffinityGroup;
import org.ovirt.engine.sdk4.types.CustomProperty;
import org.ovirt.engine.sdk4.types.Identified;
import org.ovirt.engine.sdk4.types.Permission;
import org.ovirt.engine.sdk4.types.ReportedDevice;
import org.ovirt.engine.sdk4.types.Vm;

/**
 * What the engine knows of a VM beside hardware, disks and NICs. What cannot be read is left out
 * and said: a backup is worth more than a tag.
 */
final class Attributes {

  /** All that belongs to a VM, then what a less powerful account may see of it. */
  private static final List<String> DOCUMENT_FOLLOWS =
      List.of(
          "disk_attachments.disk,nics,snapshots,tags,cdroms,permissions,affinity_labels",
          "disk_attachments.disk,nics,snapshots,tags,cdroms",
          "disk_attachments.disk,nics");

  private final Engine engine;
  private final Vms vms;
  private final Map<String, String> holderNames = new ConcurrentHashMap<>();

  Attributes(Engine engine, Vms vms) {
    this.engine = engine;
    this.vms = vms;
  }

  /**
   * @param vm as the engine just told it
   */
  VmAttributes read(Vm vm) {
    VmRef ref = new VmRef(new VmId(vm.id()), vm.name());
    List<String> unread = new ArrayList<>();
    return new VmAttributes(
        vm.memoryPolicyPresent()
            && vm.memoryPolicy().ballooningPresent()
            && vm.memoryPolicy().ballooning(),
        vm.highAvailabilityPresent() && vm.highAvailability().priorityPresent()
            ? vm.highAvailability().priority().intValue()
            : 0,
        customProperties(vm),
        told(unread, () -> tags(ref)),
        told(unread, () -> groupsOf(ref, vm.clusterPresent() ? vm.cluster().id() : "")),
        told(unread, () -> labels(ref)),
        told(unread, () -> permissions(ref)),
        document(ref, unread),
        unread);
  }

  private static <T> List<T> told(List<String> unread, Supplier<List<T>> question) {
    try {
      return question.get();
    } catch (StillpointException e) {
      requireAnswered(e);
      unread.add(e.getMessage());
      return List.of();
    }
  }

  /** A refusal is an answer; an engine that is away, or a login that is dead, is none. */
  static void requireAnswered(StillpointException e) {
    if (e.kind() == ErrorKind.HYPERVISOR_UNAVAILABLE
        || e.kind() == ErrorKind.UNAUTHENTICATED
        || e.kind() == ErrorKind.CANCELLED) {
      throw e;
    }
  }

  static Map<String, String> customProperties(Vm vm) {
    List<CustomProperty> all =
        vm.customPropertiesPresent() ? vm.customProperties() : List.<CustomProperty>of();
    return all.stream()
        .filter(p -> p.namePresent() && p.valuePresent())
        .collect(toMap(CustomProperty::name, CustomProperty::value, (one, same) -> one));
  }

  List<Named> tags(VmRef vm) {
    return engine
        .call("Reading the tags of " + vm, () -> service(vm).tagsService().list().send())
        .tags()
        .stream()
        .map(Attributes::named)
        .toList();
  }

  private List<Named> groupsOf(VmRef vm, String cluster) {
    return groups(cluster).stream()
        .filter(
            g -> g.vmsPresent() && g.vms().stream().anyMatch(v -> vm.id().value().equals(v.id())))
        .map(Attributes::named)
        .toList();
  }

  List<AffinityGroup> groups(String cluster) {
    return cluster.isEmpty()
        ? List.of()
        : engine
            .call(
                "Reading the affinity groups of cluster " + cluster,
                () ->
                    engine
                        .system()
                        .clustersService()
                        .clusterService(cluster)
                        .affinityGroupsService()
                        .list()
                        .send())
            .groups();
  }

  private List<Named> labels(VmRef vm) {
    return engine
        .call(
            "Reading the affinity labels of " + vm,
            () -> service(vm).affinityLabelsService().list().send())
        .label()
        .stream()
        .map(Attributes::named)
        .toList();
  }

  List<Named> allLabels() {
    return engine
        .call(
            "Listing the affinity labels",
            () -> engine.system().affinityLabelsService().list().send())
        .labels()
        .stream()
        .map(Attributes::named)
        .toList();
  }

  List<Named> roles() {
    return engine
        .call("Listing the roles", () -> engine.system().rolesService().list().send())
        .roles()
        .stream()
        .map(Attributes::named)
        .toList();
  }

  List<VmAttributes.Permission> permissions(VmRef vm) {
    List<Permission> all =
        engine
            .call(
                "Reading the permissions of " + vm,
                () -> service(vm).permissionsService().list().send())
            .permissions();
    if (all.isEmpty()) {
      return List.of();
    }
    Map<String, String> roles = roles().stream().collect(toMap(Named::id, Named::name));
    List<VmAttributes.Permission> result = new ArrayList<>();
    for (Permission one : all) {
      if (one.rolePresent() && (one.userPresent() || one.groupPresent())) {
        String role = one.role().id();
        boolean group = !one.userPresent();
        String holder = group ? one.group().id() : one.user().id();
        result.add(
            new VmAttributes.Permission(
                new Named(role, roles.getOrDefault(role, role)),
                new Named(holder, holderName(holder, group)),
                group));
      }
    }
    return result;
  }

  /**
   * As the engine says it; the id where it does not. Names do not change, so each is asked once.
   */
  String holderName(String id, boolean group) {
    return holderNames.computeIfAbsent(id, key -> group ? groupName(key) : userName(key));
  }

  private String userName(String id) {
    return engine
        .find(
            "Reading user " + id,
            () -> engine.system().usersService().userService(id).get().send().user())
        .flatMap(user -> Optional.ofNullable(user.userName()))
        .orElse(id);
  }

  private String groupName(String id) {
    return engine
        .find(
            "Reading group " + id,
            () -> engine.system().groupsService().groupService(id).get().send().get())
        .flatMap(group -> Optional.ofNullable(group.name()))
        .orElse(id);
  }

  /** Addresses that the agent in the guest tells, by MAC; none where there is no agent. */
  Map<String, List<String>> guestAddresses(VmRef vm) {
    List<ReportedDevice> devices =
        told(
            new ArrayList<>(),
            () ->
                engine
                    .call(
                        "Reading what the guest of " + vm + " reports",
                        () -> service(vm).reportedDevicesService().list().send())
                    .reportedDevice());
    return devices.stream()
        .filter(d -> d.macPresent() && d.mac().addressPresent() && d.ipsPresent())
        .collect(
            toMap(
                d -> d.mac().address(),
                d ->
                    d.ips().stream()
                        .filter(ip -> ip.addressPresent())
                        .map(ip -> ip.address())
                        .toList(),
                (one, other) -> one));
  }

  private String document(VmRef vm, List<String> unread) {
    List<String> refusals = new ArrayList<>();
    for (String follow : DOCUMENT_FOLLOWS) {
      List<String> text =
          told(
              refusals,
              () ->
                  engine
                      .findText(
                          "Reading the document of " + vm, "/vms/" + vm.id() + "?follow=" + follow)
                      .stream()
                      .toList());
      if (!text.isEmpty()) {
        return text.get(0);
      }
    }
    unread.addAll(refusals);
    return "";
  }

  private VmService service(VmRef vm) {
    return vms.service(vm.id());
  }

  private static Named named(Identified thing) {
    return new Named(
        Optional.ofNullable(thing.id()).orElse(""), Optional.ofNullable(thing.name()).orElse(""));
  }
}
