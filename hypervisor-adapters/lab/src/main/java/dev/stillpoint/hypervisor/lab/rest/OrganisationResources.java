package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Organisation;
import dev.stillpoint.hypervisor.lab.model.Organisation.Bundle;
import dev.stillpoint.hypervisor.lab.model.Organisation.Permission;
import dev.stillpoint.hypervisor.lab.model.Organisation.Role;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tags, affinity groups and labels, roles, permissions, users. */
final class OrganisationResources {
  private static final String NOT_FOUND = "Entity not found: ";

  private final World world;
  private final Sessions sessions;
  private final Organisation organisation;
  private final OrganisationDocuments documents;

  OrganisationResources(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
    this.organisation = world.organisation();
    this.documents = new OrganisationDocuments(world);
  }

  void addTo(Routes routes) {
    addTags(routes);
    addAffinity(routes);
    addPermissions(routes);
    routes.add(
        "GET",
        "vms/{}/reporteddevices",
        call ->
            Answer.ok(
                new VmDocuments(world, new DiskDocuments(world)).reportedDevices(visible(call))));
  }

  private void addTags(Routes routes) {
    Function<Bundle, Element> tag = one -> documents.tag(one, "tags");
    bundles(routes, "tags", "tags", organisation.tags(), tag);
    routes.add("GET", "vms/{}/tags", call -> Answer.ok(documents.tags(visible(call))));
    routes.add(
        "POST",
        "vms/{}/tags",
        call -> {
          Vm vm = mine(call);
          Bundle wanted = named(call, organisation.tags());
          wanted.vms().add(vm.id());
          return Answer.created(documents.tag(wanted, "vms/" + vm.id() + "/tags"));
        });
    routes.add("DELETE", "vms/{}/tags/{}", call -> leave(call, organisation.tags()));
  }

  private void addAffinity(Routes routes) {
    String groups = OrganisationDocuments.GROUPS;
    bundles(routes, groups, "affinity_groups", organisation.groups(), documents::group);
    routes.add(
        "POST",
        groups + "/{}/vms",
        call -> {
          call.requireAdmin();
          Vm vm = world.vm(call.body().id().orElseThrow(EngineFault::missing));
          found(organisation.groups(), call.id(0)).vms().add(vm.id());
          return Answer.created(Hrefs.vm(vm.id()));
        });
    routes.add(
        "DELETE",
        groups + "/{}/vms/{}",
        call -> {
          call.requireAdmin();
          found(organisation.groups(), call.id(0)).vms().remove(call.id(1));
          return Answer.done();
        });
    bundles(routes, "affinitylabels", "affinity_labels", organisation.labels(), documents::label);
    routes.add("GET", "vms/{}/affinitylabels", call -> Answer.ok(documents.labels(visible(call))));
    routes.add(
        "POST",
        "vms/{}/affinitylabels",
        call -> {
          Vm vm = mine(call);
          Bundle wanted = named(call, organisation.labels());
          wanted.vms().add(vm.id());
          return Answer.created(documents.label(wanted));
        });
    routes.add("DELETE", "vms/{}/affinitylabels/{}", call -> leave(call, organisation.labels()));
  }

  private void addPermissions(Routes routes) {
    routes.add(
        "GET", "vms/{}/permissions", call -> Answer.ok(documents.permissions(visible(call))));
    routes.add("POST", "vms/{}/permissions", this::grant);
    routes.add("DELETE", "vms/{}/permissions/{}", this::revoke);
    routes.add("GET", "roles", call -> Answer.ok(roles()));
    routes.add("GET", "roles/{}", call -> Answer.ok(documents.role(role(call.id(0)))));
    routes.add("GET", "roles/{}/permits", call -> Answer.ok(documents.permits(role(call.id(0)))));
    routes.add("GET", "users/{}/permissions", this::permissionsOfUser);
    routes.add("GET", "permissions", this::permissionsOnSystem);
  }

  private void bundles(
      Routes routes,
      String path,
      String list,
      Map<String, Bundle> where,
      Function<Bundle, Element> document) {
    routes.add(
        "GET",
        path,
        call ->
            Answer.ok(Element.list(list).addAll(where.values().stream().map(document).toList())));
    routes.add(
        "POST",
        path,
        call -> {
          call.requireAdmin();
          String name =
              call.body()
                  .textAt("name")
                  .orElseThrow(() -> EngineFault.incomplete("[name] required for add"));
          return Answer.created(document.apply(organisation.add(where, name)));
        });
    routes.add("GET", path + "/{}", call -> Answer.ok(document.apply(found(where, call.id(0)))));
    routes.add(
        "DELETE",
        path + "/{}",
        call -> {
          call.requireAdmin();
          where.remove(found(where, call.id(0)).id());
          return Answer.done();
        });
  }

  private Vm visible(Call call) {
    return VmResources.visible(world, call);
  }

  private Vm mine(Call call) {
    call.requireAdmin();
    return visible(call);
  }

  private static Bundle found(Map<String, Bundle> where, String id) {
    return Optional.ofNullable(where.get(id)).orElseThrow(EngineFault::missing);
  }

  /** What the body names, by id or by name. */
  private static Bundle named(Call call, Map<String, Bundle> where) {
    String wanted = call.body().id().or(() -> call.body().textAt("name")).orElse("");
    return Organisation.find(where, wanted)
        .orElseThrow(() -> EngineFault.missing(NOT_FOUND + wanted));
  }

  private Answer leave(Call call, Map<String, Bundle> where) {
    Vm vm = mine(call);
    if (!found(where, call.id(1)).vms().remove(vm.id())) {
      throw EngineFault.missing();
    }
    return Answer.done();
  }

  private Answer grant(Call call) {
    Vm vm = mine(call);
    Element body = call.body();
    String role = body.idAt("role").or(() -> body.textAt("role/name")).orElse("");
    String user = body.idAt("user").orElse("");
    if (sessions.byId(user).isEmpty()) {
      throw EngineFault.missing(NOT_FOUND + "User: id=" + user);
    }
    String wanted =
        organisation
            .role(role)
            .map(Role::id)
            .orElseThrow(() -> EngineFault.missing(NOT_FOUND + "Role: " + role));
    Permission made = organisation.grant(wanted, user, "vm", vm.id());
    return Answer.created(documents.permission(made));
  }

  private Answer revoke(Call call) {
    mine(call);
    Permission permission =
        Optional.ofNullable(organisation.permissions().get(call.id(1)))
            .orElseThrow(EngineFault::missing);
    organisation.permissions().remove(permission.id());
    return Answer.done();
  }

  private Element roles() {
    Element list = Element.list("roles");
    organisation.roles().values().forEach(role -> list.add(documents.role(role)));
    return list;
  }

  private Role role(String id) {
    return Optional.ofNullable(organisation.roles().get(id)).orElseThrow(EngineFault::missing);
  }

  private Answer permissionsOfUser(Call call) {
    if (!call.account().admin()) {
      throw EngineFault.wrong("query execution failed due to insufficient permissions.");
    }
    Account account = sessions.byId(call.id(0)).orElseThrow(EngineFault::missing);
    Element list = Element.list("permissions");
    organisation.permissions().values().stream()
        .filter(one -> one.user().equals(account.id()))
        .forEach(one -> list.add(documents.permission(one)));
    return Answer.ok(list);
  }

  private Answer permissionsOnSystem(Call call) {
    if (!call.account().admin()) {
      throw EngineFault.wrong("query execution failed due to insufficient permissions.");
    }
    Element list = Element.list("permissions");
    organisation.permissions().values().stream()
        .filter(one -> one.scope().equals(Organisation.SYSTEM))
        .forEach(one -> list.add(documents.permission(one)));
    return Answer.ok(list);
  }
}
