package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Attachment;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Nic;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.List;
import java.util.Set;

/** VMs and what belongs to them as the API shows them. */
final class VmDocuments {
  private static final Set<String> NAMES = Set.of("name", "description", "comment");

  private final World world;
  private final DiskDocuments disks;

  VmDocuments(World world, DiskDocuments disks) {
    this.world = world;
    this.disks = disks;
  }

  /**
   * A VM.
   *
   * @param filtered without what a plain user may not know
   * @param withOvf with the OVF in initialization.configuration
   */
  Element vm(Vm vm, Follow follow, boolean filtered, boolean withOvf) {
    Element element = bare(vm);
    Element settings = vm.settings();
    NAMES.forEach(name -> element.add(name, settings.textAt(name).orElse("")));
    settings.children().stream()
        .filter(child -> !NAMES.contains(child.name()))
        .filter(child -> !filtered || !child.name().equals("placement_policy"))
        .forEach(child -> element.add(child.sorted()));
    element
        .add(Element.date("creation_time", vm.created()))
        .add(Hrefs.cluster())
        .add(Hrefs.ref("cpu_profile", "cpuprofiles", Ids.CPU_PROFILE))
        .add(Element.ref("quota", Ids.QUOTA))
        .add("next_run_configuration_exists", false)
        .add("status", vm.status().word())
        .add(Element.date("stop_time", vm.stopped()))
        .add(Hrefs.template("original_template"))
        .add(Hrefs.template("template"));
    if (!vm.isDown()) {
      element.add("run_once", false);
      vm.started().ifPresent(when -> element.add(Element.date("start_time", when)));
      if (!filtered) {
        element.add(Hrefs.host());
      }
    }
    if (withOvf) {
      element.add(
          Element.object("initialization")
              .add(
                  Element.object("configuration")
                      .add("data", new Ovf(world).of(vm))
                      .add("type", "ovf")));
    }
    follow(element, vm, follow);
    return element;
  }

  /** A VM as actions answer it: an address and links only. */
  Element bare(Vm vm) {
    Element element = Hrefs.vm(vm.id());
    String href = element.attributes().get("href");
    return element
        .add(
            Hrefs.actions(
                href, "freezefilesystems", "thawfilesystems", "shutdown", "start", "stop"))
        .addAll(
            Hrefs.links(
                href,
                "cdroms",
                "backups",
                "checkpoints",
                "diskattachments",
                "nics",
                "snapshots",
                "permissions",
                "reporteddevices",
                "tags",
                "affinitylabels",
                "statistics"));
  }

  private void follow(Element element, Vm vm, Follow follow) {
    if (follow.wants("disk_attachments")) {
      element.add(attachments(vm, follow.into("disk_attachments")));
    }
    if (follow.wants("nics")) {
      element.add(nics(vm));
    }
    if (follow.wants("snapshots")) {
      element.add(snapshots(vm));
    }
    if (follow.wants("tags")) {
      element.add(new OrganisationDocuments(world).tags(vm));
    }
    if (follow.wants("cdroms")) {
      element.add(cdroms(vm, false));
    }
    if (follow.wants("permissions")) {
      element.add(new OrganisationDocuments(world).permissions(vm));
    }
    if (follow.wants("affinity_labels")) {
      element.add(new OrganisationDocuments(world).labels(vm));
    }
    if (follow.wants("reported_devices")) {
      element.add(reportedDevices(vm));
    }
    if (follow.wants("statistics")) {
      element.add(statistics(vm));
    }
  }

  Element attachments(Vm vm, Follow follow) {
    return Element.list("disk_attachments")
        .addAll(
            vm.attachments().values().stream().map(one -> attachment(vm, one, follow)).toList());
  }

  Element attachment(Vm vm, Attachment attachment, Follow follow) {
    Disk disk = world.disk(attachment.disk());
    Element shown = follow.wants("disk") ? disks.disk(disk) : Hrefs.disk(disk.id());
    if (follow.into("disk").wants("statistics")) {
      shown.add(disks.statistics(disk));
    }
    return Hrefs.ref("disk_attachment", "vms/" + vm.id() + "/diskattachments", disk.id())
        .add("active", attachment.active())
        .add("bootable", attachment.bootable())
        .add("interface", attachment.bus())
        .add("pass_discard", attachment.passDiscard())
        .add("read_only", attachment.readOnly())
        .add("uses_scsi_reservation", false)
        .add(shown)
        .add(Hrefs.vm(vm.id()));
  }

  Element nics(Vm vm) {
    return Element.list("nics")
        .addAll(vm.nics().values().stream().map(one -> nic(vm, one)).toList());
  }

  Element nic(Vm vm, Nic nic) {
    Element element =
        Hrefs.ref("nic", "vms/" + vm.id() + "/nics", nic.id())
            .add("name", nic.name())
            .add(Hrefs.vm(vm.id()))
            .add("interface", nic.model())
            .add("linked", nic.linked())
            .add(Element.object("mac").add("address", nic.mac()))
            .add("plugged", nic.plugged())
            .add("synced", true);
    return nic.profile().isEmpty()
        ? element
        : element.add(Hrefs.ref("vnic_profile", "vnicprofiles", nic.profile()));
  }

  /** What an agent in the guest would tell; the address follows from the MAC. */
  Element reportedDevices(Vm vm) {
    Element devices = Element.list("reported_devices");
    for (Nic nic : vm.isUp() ? vm.nics().values() : List.<Nic>of()) {
      int last = Integer.parseInt(nic.mac().substring(nic.mac().length() - 2), 16);
      devices.add(
          Hrefs.ref("reported_device", "vms/" + vm.id() + "/reporteddevices", nic.id())
              .add("name", "eth" + devices.children().size())
              .add(
                  Element.list("ips")
                      .add(
                          Element.object("ip")
                              .add("address", "192.0.2." + last)
                              .add("version", "v4")))
              .add(Element.object("mac").add("address", nic.mac()))
              .add("type", "network")
              .add(Hrefs.vm(vm.id())));
    }
    return devices;
  }

  Element snapshots(Vm vm) {
    return Element.list("snapshots")
        .addAll(vm.snapshots().stream().map(one -> snapshot(vm, one)).toList());
  }

  Element snapshot(Vm vm, VmSnapshot snapshot) {
    return Hrefs.ref("snapshot", "vms/" + vm.id() + "/snapshots", snapshot.id())
        .add("description", snapshot.description())
        .add(Element.date("date", snapshot.date()))
        .add("persist_memorystate", false)
        .add("snapshot_status", snapshot.locked() ? "locked" : "ok")
        .add("snapshot_type", snapshot.type())
        .add(Hrefs.vm(vm.id()));
  }

  /** In the lab a snapshot holds the disks that the VM has now. */
  Element snapshotDisks(Vm vm, VmSnapshot snapshot) {
    return Element.list("disks")
        .addAll(
            vm.attachments().keySet().stream()
                .map(world::disk)
                .map(disk -> disks.snapshotDisk(disk, snapshot.id()))
                .toList());
  }

  Element cdroms(Vm vm, boolean current) {
    return Element.list("cdroms").add(cdrom(vm, current));
  }

  Element cdrom(Vm vm, boolean current) {
    Element element =
        Hrefs.ref("cdrom", "vms/" + vm.id() + "/cdroms", Ids.NONE).add(Hrefs.vm(vm.id()));
    vm.cd(current).ifPresent(file -> element.add(Element.ref("file", file)));
    return element;
  }

  /** The lab has no guests that use memory or processors; the values say so. */
  Element statistics(Vm vm) {
    Statistics statistics = new Statistics("vms/" + vm.id(), Hrefs.vm(vm.id()));
    long memory = vm.settings().textAt("memory").map(Long::parseLong).orElse(0L);
    statistics.gauge("memory.installed", "Total memory configured", "bytes", memory);
    statistics.gauge("memory.used", "Memory used (agent)", "bytes", 0);
    statistics.gauge("cpu.current.guest", "CPU used by guest", "percent", 0);
    statistics.gauge("cpu.current.hypervisor", "CPU overhead", "percent", 0);
    statistics.gauge("cpu.current.total", "Total CPU used", "percent", 0);
    return statistics.document();
  }
}
