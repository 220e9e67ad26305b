package dev.stillpoint.hypervisor.lab.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What ties VMs together and people to them: tags, affinity groups and labels, roles and
 * permissions. Use it inside {@link World#locked} only.
 */
public final class Organisation {
  /** Where a permission holds, in the API's words; everything below is included. */
  public static final String SYSTEM = "system";

  private final Map<String, Bundle> tags = new LinkedHashMap<>();
  private final Map<String, Bundle> groups = new LinkedHashMap<>();
  private final Map<String, Bundle> labels = new LinkedHashMap<>();
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, Permission> permissions = new LinkedHashMap<>();
  private final Map<String, Promise> promised = new HashMap<>();
  private final Ids ids;

  Organisation(Ids ids) {
    this.ids = ids;
    for (Role role : Roles.predefined()) {
      roles.put(role.id(), role);
    }
  }

  /**
   * Some VMs under a name: a tag, an affinity group, an affinity label.
   *
   * @param vms their ids
   */
  public record Bundle(String id, String name, Set<String> vms) {}

  /**
   * What somebody may do; administrative roles see everything unfiltered.
   *
   * @param showsBelow whoever has it on something is shown the VMs in that
   */
  public record Role(
      String id, String name, boolean administrative, boolean showsBelow, List<String> permits) {
    public Role {
      permits = List.copyOf(permits);
    }
  }

  /**
   * A role of a user.
   *
   * @param scope what it holds for: {@link #SYSTEM}, {@code cluster}, {@code vm}
   * @param object the id of that; empty for the system
   */
  public record Permission(String id, String role, String user, String scope, String object) {}

  /** A role that a user has on VMs of certain names as soon as they are there. */
  private record Promise(String role, Set<String> vmNames) {}

  /** Tags by id, without the root. */
  public Map<String, Bundle> tags() {
    return tags;
  }

  /** Affinity groups of the cluster by id. */
  public Map<String, Bundle> groups() {
    return groups;
  }

  /** Affinity labels by id. */
  public Map<String, Bundle> labels() {
    return labels;
  }

  public Map<String, Role> roles() {
    return roles;
  }

  public Map<String, Permission> permissions() {
    return permissions;
  }

  /** Adds an empty bundle to one of the maps above. */
  public Bundle add(Map<String, Bundle> where, String name) {
    if (where.values().stream().anyMatch(one -> one.name().equals(name))) {
      throw EngineFault.conflict("Cannot add. The name " + name + " is already in use.");
    }
    Bundle bundle = new Bundle(ids.next(), name, new LinkedHashSet<>());
    where.put(bundle.id(), bundle);
    return bundle;
  }

  /** The bundle with an id, or with a name. */
  public static Optional<Bundle> find(Map<String, Bundle> where, String idOrName) {
    return Optional.ofNullable(where.get(idOrName))
        .or(() -> where.values().stream().filter(one -> one.name().equals(idOrName)).findFirst());
  }

  /** The bundles a VM is in. */
  public static List<Bundle> of(Map<String, Bundle> where, Vm vm) {
    return where.values().stream().filter(one -> one.vms().contains(vm.id())).toList();
  }

  /** The role with an id, or with a name. */
  public Optional<Role> role(String idOrName) {
    return Optional.ofNullable(roles.get(idOrName))
        .or(() -> roles.values().stream().filter(one -> one.name().equals(idOrName)).findFirst());
  }

  /** Makes a role of exactly these permits. */
  public Role addRole(String name, boolean administrative, List<String> permits) {
    Role role = new Role(ids.next(), name, administrative, true, permits);
    roles.put(role.id(), role);
    return role;
  }

  /** Gives a user a role; the same once more changes nothing. */
  public Permission grant(String role, String user, String scope, String object) {
    for (Permission one : permissions.values()) {
      if (one.equals(new Permission(one.id(), role, user, scope, object))) {
        return one;
      }
    }
    Permission permission = new Permission(ids.next(), role, user, scope, object);
    permissions.put(permission.id(), permission);
    return permission;
  }

  /** As soon as there is a VM of that name, the user has the role on it. */
  public void promise(String user, String role, Set<String> vmNames) {
    promised.put(user, new Promise(role, Set.copyOf(vmNames)));
  }

  void vmMade(Vm vm) {
    promised.forEach(
        (user, promise) -> {
          if (promise.vmNames().contains(vm.name())) {
            grant(promise.role(), user, "vm", vm.id());
          }
        });
  }

  void vmRemoved(Vm vm) {
    List.of(tags, groups, labels)
        .forEach(where -> where.values().forEach(bundle -> bundle.vms().remove(vm.id())));
    permissions.values().removeIf(one -> one.object().equals(vm.id()));
  }

  /** The engine's API is closed to users without any role. */
  public boolean mayEnter(String user) {
    return promised.containsKey(user)
        || permissions.values().stream().anyMatch(one -> one.user().equals(user));
  }

  /**
   * All permissions that hold for a VM: its own, its cluster's, its data center's, the system's.
   */
  public List<Permission> holdingFor(Vm vm) {
    List<String> above = List.of(vm.id(), Ids.CLUSTER, Ids.DATA_CENTER);
    List<Permission> found = new ArrayList<>();
    for (Permission one : permissions.values()) {
      if (one.scope().equals(SYSTEM) || above.contains(one.object())) {
        found.add(one);
      }
    }
    return found;
  }

  /**
   * Whether a user who asks for his own things is shown a VM: administrative roles do not count,
   * nor do those above the VM that show nothing below (user_vm_permissions_view).
   */
  public boolean showsFiltered(String user, Vm vm) {
    return holdingFor(vm).stream()
        .filter(one -> one.user().equals(user))
        .filter(one -> !roles.get(one.role()).administrative())
        .anyMatch(one -> one.object().equals(vm.id()) || roles.get(one.role()).showsBelow());
  }
}
