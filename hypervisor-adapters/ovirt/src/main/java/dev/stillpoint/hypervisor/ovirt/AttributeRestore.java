package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.affinityLabel;
import static org.ovirt.engine.sdk4.builders.Builders.customProperty;
import static org.ovirt.engine.sdk4.builders.Builders.group;
import static org.ovirt.engine.sdk4.builders.Builders.highAvailability;
import static org.ovirt.engine.sdk4.builders.Builders.memoryPolicy;
import static org.ovirt.engine.sdk4.builders.Builders.permission;
import static org.ovirt.engine.sdk4.builders.Builders.role;
import static org.ovirt.engine.sdk4.builders.Builders.tag;
import static org.ovirt.engine.sdk4.builders.Builders.user;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import dev.stillpoint.hypervisor.Outcome;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmAttributes.Named;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ovirt.engine.sdk4.builders.CustomPropertyBuilder;
import org.ovirt.engine.sdk4.builders.PermissionBuilder;
import org.ovirt.engine.sdk4.builders.VmBuilder;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.AffinityGroup;
import org.ovirt.engine.sdk4.types.Vm;

/** Gives a VM back what it belonged to. Each thing is tried by itself; what is there stays. */
final class AttributeRestore {

  /** What the engine gives whoever makes a VM (AddVmCommand.addVmPermission). */
  private static final String MAKERS_ROLE = "UserVmManager";

  private final Engine engine;
  private final Vms vms;
  private final Attributes attributes;

  AttributeRestore(Engine engine, Vms vms, Attributes attributes) {
    this.engine = engine;
    this.vms = vms;
    this.attributes = attributes;
  }

  List<Outcome> apply(VmId id, VmAttributes wanted, boolean withPermissions) {
    Vm found = vms.require(id);
    VmRef ref = new VmRef(id, found.name());
    VmAttributes now = attributes.read(found);
    List<Outcome> outcomes = new ArrayList<>();
    memoryAndPriority(ref, now, wanted, outcomes);
    customProperties(ref, now, wanted, outcomes);
    for (Named one : missing(wanted.tags(), now.tags())) {
      attempt(outcomes, "tag " + one.name(), () -> addTag(ref, one));
    }
    for (Named one : missing(wanted.affinityGroups(), now.affinityGroups())) {
      String cluster = found.clusterPresent() ? found.cluster().id() : "";
      attempt(outcomes, "affinity group " + one.name(), () -> join(ref, cluster, one));
    }
    for (Named one : missing(wanted.affinityLabels(), now.affinityLabels())) {
      attempt(outcomes, "affinity label " + one.name(), () -> addLabel(ref, one));
    }
    if (withPermissions) {
      for (VmAttributes.Permission one : wanted.permissions()) {
        if (now.permissions().stream().noneMatch(held -> isSame(held, one))) {
          attempt(outcomes, "permission " + one, () -> grant(ref, one));
        }
      }
    }
    return List.copyOf(outcomes);
  }

  String giveTo(VmId id, String caller) {
    VmRef ref = new VmRef(id, vms.require(id).name());
    Named role =
        attributes.roles().stream()
            .filter(one -> one.name().equals(MAKERS_ROLE))
            .findFirst()
            .orElseThrow(() -> notFound("The engine has no role " + MAKERS_ROLE));
    Named holder = new Named(caller, attributes.holderName(caller, false));
    grant(ref, new VmAttributes.Permission(role, holder, false))
        .ifPresent(
            why -> {
              throw notFound("The engine does not know user " + holder.name());
            });
    return role.name();
  }

  private static StillpointException notFound(String what) {
    return new StillpointException(
        ErrorKind.NOT_FOUND, what, "Give him a role on the VM in the engine's portal.");
  }

  private static boolean isSame(VmAttributes.Permission one, VmAttributes.Permission other) {
    return one.role().id().equals(other.role().id())
        && one.holder().id().equals(other.holder().id());
  }

  /** By name: a tag that was made anew under its old name is the same tag to people. */
  private static List<Named> missing(List<Named> wanted, List<Named> now) {
    return wanted.stream()
        .filter(one -> now.stream().noneMatch(had -> had.name().equals(one.name())))
        .toList();
  }

  /** Empty: done; else why not. */
  private interface Step {
    Optional<String> run();
  }

  private static void attempt(List<Outcome> outcomes, String what, Step step) {
    try {
      outcomes.add(
          step.run().map(why -> new Outcome(what, why)).orElseGet(() -> Outcome.restored(what)));
    } catch (StillpointException e) {
      Attributes.requireAnswered(e);
      outcomes.add(new Outcome(what, e.getMessage()));
    }
  }

  private void memoryAndPriority(
      VmRef ref, VmAttributes now, VmAttributes wanted, List<Outcome> outcomes) {
    if (now.ballooning() != wanted.ballooning()) {
      VmBuilder change = vm().memoryPolicy(memoryPolicy().ballooning(wanted.ballooning()));
      attempt(outcomes, "memory ballooning", () -> change(ref, change));
    }
    if (now.availabilityPriority() != wanted.availabilityPriority()) {
      VmBuilder change =
          vm().highAvailability(highAvailability().priority(wanted.availabilityPriority()));
      attempt(outcomes, "priority of high availability", () -> change(ref, change));
    }
  }

  /** The engine takes all properties of a VM at once, and refuses all for one it does not know. */
  private void customProperties(
      VmRef ref, VmAttributes now, VmAttributes wanted, List<Outcome> outcomes) {
    Map<String, String> kept = new TreeMap<>(now.customProperties());
    for (Map.Entry<String, String> one : new TreeMap<>(wanted.customProperties()).entrySet()) {
      if (one.getValue().equals(kept.get(one.getKey()))) {
        continue;
      }
      Map<String, String> more = new TreeMap<>(kept);
      more.put(one.getKey(), one.getValue());
      CustomPropertyBuilder[] properties =
          more.entrySet().stream()
              .map(p -> customProperty().name(p.getKey()).value(p.getValue()))
              .toArray(CustomPropertyBuilder[]::new);
      VmBuilder change = vm().customProperties(properties);
      attempt(outcomes, "custom property " + one.getKey(), () -> change(ref, change));
      if (outcomes.get(outcomes.size() - 1).isRestored()) {
        kept = more;
      }
    }
  }

  private Optional<String> change(VmRef ref, VmBuilder change) {
    engine.call("Changing " + ref, () -> service(ref).update().vm(change).send());
    return Optional.empty();
  }

  private Optional<String> addTag(VmRef ref, Named wanted) {
    return engine
            .find(
                "Giving " + ref + " the tag " + wanted.name(),
                () -> service(ref).tagsService().add().tag(tag().name(wanted.name())).send())
            .isPresent()
        ? Optional.empty()
        : Optional.of("there is no such tag any more");
  }

  private Optional<String> join(VmRef ref, String cluster, Named wanted) {
    List<AffinityGroup> groups = attributes.groups(cluster);
    Optional<AffinityGroup> there =
        groups.stream()
            .filter(g -> wanted.id().equals(g.id()))
            .findFirst()
            .or(() -> groups.stream().filter(g -> wanted.name().equals(g.name())).findFirst());
    if (there.isEmpty()) {
      return Optional.of("the VM's cluster has no such affinity group");
    }
    engine.call(
        "Adding " + ref + " to affinity group " + wanted.name(),
        () ->
            engine
                .system()
                .clustersService()
                .clusterService(cluster)
                .affinityGroupsService()
                .groupService(there.get().id())
                .vmsService()
                .add()
                .vm(vm().id(ref.id().value()))
                .send());
    return Optional.empty();
  }

  private Optional<String> addLabel(VmRef ref, Named wanted) {
    List<Named> all = attributes.allLabels();
    Optional<Named> there =
        all.stream()
            .filter(l -> l.id().equals(wanted.id()))
            .findFirst()
            .or(() -> all.stream().filter(l -> l.name().equals(wanted.name())).findFirst());
    if (there.isEmpty()) {
      return Optional.of("there is no such affinity label any more");
    }
    engine.call(
        "Giving " + ref + " the affinity label " + wanted.name(),
        () ->
            service(ref)
                .affinityLabelsService()
                .add()
                .label(affinityLabel().id(there.get().id()))
                .send());
    return Optional.empty();
  }

  private Optional<String> grant(VmRef ref, VmAttributes.Permission wanted) {
    PermissionBuilder permission = permission().role(role().id(wanted.role().id()));
    String holder = wanted.holder().id();
    PermissionBuilder whole =
        wanted.group() ? permission.group(group().id(holder)) : permission.user(user().id(holder));
    return engine
            .find(
                "Giving " + wanted.holder().name() + " a role on " + ref,
                () -> service(ref).permissionsService().add().permission(whole).send())
            .isPresent()
        ? Optional.empty()
        : Optional.of("there is no such role, user or group any more");
  }

  private VmService service(VmRef ref) {
    return vms.service(ref.id());
  }
}
