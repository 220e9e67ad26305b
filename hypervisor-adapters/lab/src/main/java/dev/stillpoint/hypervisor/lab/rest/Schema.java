package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import java.util.Map;
import java.util.Set;

/** What may stand in a request: the engine refuses elements that its schema does not know. */
final class Schema {
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "disk",
              Set.of(
                  "id",
                  "name",
                  "alias",
                  "description",
                  "comment",
                  "active",
                  "backup",
                  "bootable",
                  "content_type",
                  "disk_profile",
                  "format",
                  "image_id",
                  "initial_size",
                  "interface",
                  "logical_name",
                  "lun_storage",
                  "propagate_errors",
                  "provisioned_size",
                  "qcow_version",
                  "quota",
                  "read_only",
                  "shareable",
                  "sgio",
                  "sparse",
                  "status",
                  "storage_domain",
                  "storage_domains",
                  "storage_type",
                  "uses_scsi_reservation",
                  "wipe_after_delete",
                  "actual_size",
                  "total_size",
                  "link",
                  "actions",
                  "permissions",
                  "statistics"),
          "disk_attachment",
              Set.of(
                  "id",
                  "name",
                  "description",
                  "comment",
                  "active",
                  "bootable",
                  "disk",
                  "interface",
                  "logical_name",
                  "pass_discard",
                  "read_only",
                  "template",
                  "uses_scsi_reservation",
                  "vm",
                  "link"),
          "nic",
              Set.of(
                  "id",
                  "name",
                  "description",
                  "comment",
                  "boot_protocol",
                  "interface",
                  "linked",
                  "mac",
                  "network",
                  "network_filter_parameters",
                  "on_boot",
                  "plugged",
                  "synced",
                  "vm",
                  "vnic_profile",
                  "link",
                  "actions",
                  "reported_devices",
                  "statistics"),
          "backup",
              Set.of(
                  "id",
                  "name",
                  "description",
                  "comment",
                  "creation_date",
                  "disks",
                  "from_checkpoint_id",
                  "to_checkpoint_id",
                  "host",
                  "modification_date",
                  "phase",
                  "snapshot",
                  "vm",
                  "link"),
          "image_transfer",
              Set.of(
                  "id",
                  "name",
                  "description",
                  "comment",
                  "active",
                  "backup",
                  "direction",
                  "disk",
                  "format",
                  "host",
                  "image",
                  "inactivity_timeout",
                  "phase",
                  "proxy_url",
                  "shallow",
                  "snapshot",
                  "timeout_policy",
                  "transfer_url",
                  "transferred",
                  "link"));

  private Schema() {}

  static void check(Element body, String usage) {
    Set<String> known = KNOWN.get(body.name());
    if (known != null) {
      body.children().stream()
          .filter(child -> !known.contains(child.name()))
          .findFirst()
          .ifPresent(
              child -> {
                throw EngineFault.syntax(usage);
              });
    }
  }
}
