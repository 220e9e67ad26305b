package dev.stillpoint.hypervisor.lab.model;

import java.util.List;
import java.util.stream.Stream;

/** The roles that every lab has, with the permits that matter to a backup. */
final class Roles {
  static final String SUPER_USER = "SuperUser";

  private static final List<String> USER =
      List.of("vm_basic_operations", "change_vm_cd", "connect_to_vm", "login");

  /** As in the engine, where a VM is made only by who has the first on the cluster. */
  private static final List<String> OWNER =
      List.of(
          "create_vm",
          "edit_vm_properties",
          "delete_vm",
          "configure_vm_network",
          "configure_vm_storage",
          "change_vm_custom_properties",
          "manipulate_vm_snapshots",
          "create_disk",
          "attach_disk",
          "edit_disk_properties",
          "delete_disk",
          "backup_disk",
          "manipulate_permissions");

  private static final List<String> ADMINISTRATOR =
      List.of(
          "configure_engine",
          "manipulate_users",
          "manipulate_roles",
          "tag_management",
          "manipulate_affinity_groups",
          "inject_external_events",
          "inject_external_tasks");

  private Roles() {}

  static List<Organisation.Role> predefined() {
    List<String> owner = Stream.concat(USER.stream(), OWNER.stream()).toList();
    List<String> all = Stream.concat(owner.stream(), ADMINISTRATOR.stream()).toList();
    return List.of(
        role(SUPER_USER, true, true, all),
        role("UserRole", false, true, USER),
        role("VmCreator", false, false, List.of("create_vm")),
        role("UserVmManager", false, true, owner));
  }

  private static Organisation.Role role(
      String name, boolean administrative, boolean showsBelow, List<String> permits) {
    String id = Ids.named("role " + name);
    return new Organisation.Role(id, name, administrative, showsBelow, permits);
  }
}
