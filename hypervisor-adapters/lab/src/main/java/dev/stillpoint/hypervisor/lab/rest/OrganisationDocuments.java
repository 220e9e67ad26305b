package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Organisation;
import dev.stillpoint.hypervisor.lab.model.Organisation.Bundle;
import dev.stillpoint.hypervisor.lab.model.Organisation.Permission;
import dev.stillpoint.hypervisor.lab.model.Organisation.Role;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.Set;

/** Tags, affinity, roles and permissions as the API shows them. */
final class OrganisationDocuments {
  static final String GROUPS = "clusters/" + Ids.CLUSTER + "/affinitygroups";

  /** What the engine's document of a permission can name. */
  private static final Set<String> NAMED_SCOPES =
      Set.of(
          "data_center", "cluster", "host", "storage_domain", "vm", "vm_pool", "template", "disk");

  private final Organisation organisation;

  OrganisationDocuments(World world) {
    this.organisation = world.organisation();
  }

  /** The tags of a VM, found below it. */
  Element tags(Vm vm) {
    Element list = Element.list("tags");
    Organisation.of(organisation.tags(), vm)
        .forEach(tag -> list.add(tag(tag, "vms/" + vm.id() + "/tags").add(Hrefs.vm(vm.id()))));
    return list;
  }

  Element tag(Bundle tag, String collection) {
    return Hrefs.ref("tag", collection, tag.id())
        .add("name", tag.name())
        .add("description", "")
        .add(Hrefs.ref("parent", "tags", Ids.NONE));
  }

  Element labels(Vm vm) {
    Element list = Element.list("affinity_labels");
    Organisation.of(organisation.labels(), vm).forEach(label -> list.add(label(label)));
    return list;
  }

  Element label(Bundle label) {
    return Hrefs.ref("affinity_label", "affinitylabels", label.id())
        .add("name", label.name())
        .add("has_implicit_affinity_group", false)
        .add("read_only", false);
  }

  Element group(Bundle group) {
    Element vms = Element.list("vms");
    group.vms().forEach(vm -> vms.add(Element.ref("vm", Hrefs.API + "/vms/" + vm, vm)));
    return Hrefs.ref("affinity_group", GROUPS, group.id())
        .add("name", group.name())
        .add("description", "")
        .add("broken", false)
        .add("enforcing", false)
        .add("positive", true)
        .add("priority", "1.0")
        .add(rule("hosts_rule", false))
        .add(rule("vms_rule", true))
        .add(Hrefs.cluster())
        .add(Element.list("hosts"))
        .add(vms);
  }

  private static Element rule(String name, boolean enabled) {
    return Element.object(name)
        .add("enabled", enabled)
        .add("enforcing", false)
        .add("positive", true);
  }

  /** What holds for a VM. As in the engine, what it inherits looks like its own. */
  Element permissions(Vm vm) {
    Element list = Element.list("permissions");
    for (Permission one : organisation.holdingFor(vm)) {
      list.add(
          Hrefs.ref("permission", "vms/" + vm.id() + "/permissions", one.id())
              .add(Hrefs.ref("role", "roles", one.role()))
              .add(Hrefs.ref("user", "users", one.user()))
              .add(Hrefs.vm(vm.id())));
    }
    return list;
  }

  /**
   * A permission among those of its user, with what it holds for, if the API has a word for that;
   * without one it looks as if it held for the system.
   */
  Element permission(Permission one) {
    Element element =
        Hrefs.ref("permission", "users/" + one.user() + "/permissions", one.id())
            .add(Hrefs.ref("role", "roles", one.role()))
            .add(Hrefs.ref("user", "users", one.user()));
    if (!NAMED_SCOPES.contains(one.scope())) {
      return element;
    }
    String collection = one.scope().replace("_", "") + "s";
    return element.add(Hrefs.ref(one.scope(), collection, one.object()));
  }

  Element role(Role role) {
    return Hrefs.ref("role", "roles", role.id())
        .add("name", role.name())
        .add("description", "")
        .add("administrative", role.administrative())
        .add("mutable", false);
  }

  Element permits(Role role) {
    Element list = Element.list("permits");
    for (String permit : role.permits()) {
      list.add(
          Hrefs.ref("permit", "roles/" + role.id() + "/permits", Ids.named("permit " + permit))
              .add("name", permit)
              .add("administrative", false)
              .add(Hrefs.ref("role", "roles", role.id())));
    }
    return list;
  }
}
