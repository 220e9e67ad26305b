package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Callers.MissingPermit;
import dev.stillpoint.hypervisor.Right;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ovirt.engine.sdk4.types.Permit;

/** The engine's permits: how they are told apart, and which the service account needs. */
final class Permits {

  static final String CREATE_VM = "create_vm";

  /** By the engine's number; the names of some changed between versions. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("1", CREATE_VM),
          Map.entry("2", "delete_vm"),
          Map.entry("3", "edit_vm_properties"),
          Map.entry("5", "change_vm_cd"),
          Map.entry("9", "configure_vm_network"),
          Map.entry("10", "configure_vm_storage"),
          Map.entry("12", "manipulate_vm_snapshots"),
          Map.entry("14", "change_vm_custom_properties"),
          Map.entry("502", "manipulate_permissions"),
          Map.entry("800", "configure_engine"),
          Map.entry("1100", "create_disk"),
          Map.entry("1101", "attach_disk"),
          Map.entry("1102", "edit_disk_properties"),
          Map.entry("1104", "delete_disk"),
          Map.entry("1110", "backup_disk"),
          Map.entry("1301", "tag_management"),
          Map.entry("1400", "inject_external_events"),
          Map.entry("1500", "inject_external_tasks"));

  /** On the whole system, for a transfer can only be ended with create_disk there. */
  private static final List<MissingPermit> NEEDED =
      List.of(
          new MissingPermit("backup_disk", "backing disks up"),
          new MissingPermit("edit_disk_properties", "transferring disks"),
          new MissingPermit("create_disk", "ending transfers, restoring disks"),
          new MissingPermit("manipulate_vm_snapshots", "removing snapshots that were left over"),
          new MissingPermit("configure_vm_storage", "freezing guests, exchanging a VM's disks"),
          new MissingPermit("attach_disk", "restoring disks"),
          new MissingPermit("delete_disk", "deleting disks that a restore replaced"),
          new MissingPermit(CREATE_VM, "restoring a VM as a new one"),
          new MissingPermit("delete_vm", "taking a half restored VM away"),
          new MissingPermit("edit_vm_properties", "restoring a VM's settings"),
          new MissingPermit("change_vm_custom_properties", "restoring custom properties"),
          new MissingPermit("configure_vm_network", "restoring NICs"),
          new MissingPermit("change_vm_cd", "handing files over in the CD drive"),
          new MissingPermit("tag_management", "restoring tags"),
          new MissingPermit("manipulate_affinity_groups", "restoring affinity"),
          new MissingPermit(
              "manipulate_permissions", "restoring permissions, giving a new VM to who wanted it"),
          new MissingPermit("inject_external_events", "events in the engine"),
          new MissingPermit("inject_external_tasks", "tasks in the engine"));

  private Permits() {}

  static String of(Right right) {
    return switch (right) {
      case BACK_UP, READ_DATA -> "backup_disk";
      case RESTORE -> "configure_vm_storage";
      case RESTORE_AS_NEW -> CREATE_VM;
      case ADMINISTER -> "configure_engine";
    };
  }

  static String name(Permit permit) {
    return Optional.ofNullable(permit.id())
        .map(NAMES::get)
        .or(() -> Optional.ofNullable(permit.name()))
        .orElse("");
  }

  static List<MissingPermit> missing(Set<String> held) {
    return NEEDED.stream().filter(need -> !held.contains(need.permit())).toList();
  }
}
