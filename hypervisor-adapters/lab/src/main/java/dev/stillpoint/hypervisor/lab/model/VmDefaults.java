package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.doc.Element;
import java.util.Optional;

/** What the engine fills in for a VM of which only a few things are said. */
final class VmDefaults {
  private static final long GIB = 1L << 30;

  private VmDefaults() {}

  /** The whole settings of a VM from the part that was asked for. */
  static Element complete(Element asked) {
    return fitMemory(settings(), asked);
  }

  /**
   * The settings after a change. The guaranteed and the highest memory follow the memory when
   * nothing is said about them.
   */
  static Element fitMemory(Element settings, Element change) {
    Element merged = settings.merged(change);
    Optional<Long> memory = change.textAt("memory").map(Long::valueOf);
    if (memory.isEmpty()) {
      return merged;
    }
    Element policy = Element.object("memory_policy");
    if (change.find("memory_policy/guaranteed").isEmpty()) {
      policy.add("guaranteed", memory.get());
    }
    if (change.find("memory_policy/max").isEmpty()) {
      policy.add("max", 4 * memory.get());
    }
    return merged.merged(Element.object("vm").add(policy));
  }

  private static Element settings() {
    return Element.object("vm")
        .add("name", "")
        .add("description", "")
        .add("comment", "")
        .add("auto_pinning_policy", "disabled")
        .add(bios())
        .add(cpu())
        .add("cpu_pinning_policy", "none")
        .add("cpu_shares", 0)
        .add("delete_protected", false)
        .add(display())
        .add(Element.object("high_availability").add("enabled", false).add("priority", 0))
        .add(Element.object("io").add("threads", 1))
        .add("memory", GIB)
        .add(
            Element.object("memory_policy")
                .add("ballooning", true)
                .add("guaranteed", GIB)
                .add("max", 4 * GIB))
        .add(migration())
        .add("migration_downtime", -1)
        .add("multi_queues_enabled", true)
        .add("origin", "ovirt")
        .add(os())
        .add(Element.object("placement_policy").add("affinity", "migratable"))
        .add("start_paused", false)
        .add("stateless", false)
        .add("storage_error_resume_behaviour", "auto_resume")
        .add(Element.object("time_zone").add("name", "Etc/GMT"))
        .add("type", "server")
        .add(Element.object("usb").add("enabled", false))
        .add("virtio_scsi_multi_queues_enabled", false);
  }

  private static Element bios() {
    return Element.object("bios")
        .add(Element.object("boot_menu").add("enabled", false))
        .add("type", "q35_ovmf");
  }

  private static Element cpu() {
    return Element.object("cpu")
        .add("architecture", "x86_64")
        .add(Element.object("topology").add("cores", 1).add("sockets", 1).add("threads", 1));
  }

  private static Element display() {
    return Element.object("display")
        .add("allow_override", false)
        .add("copy_paste_enabled", true)
        .add("disconnect_action", "LOCK_SCREEN")
        .add("disconnect_action_delay", 0)
        .add("file_transfer_enabled", true)
        .add("monitors", 1)
        .add("smartcard_enabled", false)
        .add("type", "vnc")
        .add("video_type", "vga");
  }

  private static Element migration() {
    return Element.object("migration")
        .add("auto_converge", "inherit")
        .add("compressed", "inherit")
        .add("encrypted", "inherit")
        .add("parallel_migrations_policy", "inherit");
  }

  private static Element os() {
    return Element.object("os")
        .add(Element.object("boot").add(Element.list("devices").add("device", "hd")))
        .add("type", "other_linux");
  }
}
