package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.DiskSpec;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.World;

/** Disks as the API shows them. */
final class DiskDocuments {
  private final World world;

  DiskDocuments(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  Element disk(Disk disk) {
    Element element = Hrefs.disk(disk.id());
    String href = element.attributes().get("href");
    element.add("name", disk.name()).add("description", disk.description());
    element.addAll(Hrefs.links(href, "statistics"));
    fill(element, disk, "");
    if (disk.isLocked()) {
      element.add("status", "locked");
    } else {
      element.add("status", "ok");
    }
    return element
        .add(Hrefs.ref("disk_profile", "diskprofiles", Ids.DISK_PROFILE))
        .add(Hrefs.ref("quota", "datacenters/" + Ids.DATA_CENTER + "/quotas", Ids.QUOTA))
        .add(
            Element.list("storage_domains")
                .add(Hrefs.ref("storage_domain", "storagedomains", disk.domain())));
  }

  /** A disk as a part of a backup: a snapshot's disk, which has no address and is always ok. */
  Element backupDisk(Disk disk, String mode) {
    Element element =
        Element.ref("disk", disk.id())
            .add("name", disk.name())
            .add("description", disk.description());
    fill(element, disk, mode);
    return element
        .add("status", "ok")
        .add(Element.ref("disk_profile", Ids.DISK_PROFILE))
        .add(Element.ref("quota", Ids.QUOTA).add(Element.ref("data_center", Ids.DATA_CENTER)))
        .add(Element.list("storage_domains").add(Element.ref("storage_domain", disk.domain())));
  }

  /** A disk as it was at a snapshot. */
  Element snapshotDisk(Disk disk, String snapshot) {
    Element element =
        Element.ref("disk", disk.id())
            .add("name", disk.name())
            .add("description", disk.description());
    fill(element, disk, "");
    return element
        .add("status", disk.isLocked() ? "locked" : "ok")
        .add(Element.ref("snapshot", snapshot))
        .add(Element.list("storage_domains").add(Element.ref("storage_domain", disk.domain())));
  }

  private static void fill(Element element, Disk disk, String backupMode) {
    element
        .add("actual_size", disk.actualBytes())
        .add("alias", disk.name())
        .add("backup", disk.spec().incremental() ? "incremental" : "none");
    if (!backupMode.isEmpty()) {
      element.add("backup_mode", backupMode);
    }
    element
        .add("content_type", disk.spec().contentType())
        .add("format", disk.spec().format())
        .add("image_id", disk.imageId())
        .add("propagate_errors", false)
        .add("provisioned_size", disk.content().sizeBytes());
    if (disk.spec().format().equals("cow") && !disk.isBeingMade()) {
      element.add("qcow_version", "qcow2_v3");
    }
    element
        .add("shareable", disk.spec().kind() == DiskSpec.Kind.SHAREABLE)
        .add("sparse", disk.spec().sparse())
        .add("storage_type", disk.spec().kind() == DiskSpec.Kind.DIRECT_LUN ? "lun" : "image")
        .add("total_size", disk.actualBytes())
        .add("wipe_after_delete", false);
  }

  /** The counters of a disk. They hold what guests did, not what backups read. */
  Element statistics(Disk disk) {
    Statistics statistics = new Statistics("disks/" + disk.id(), Hrefs.disk(disk.id()));
    statistics.gauge(
        "data.current.read", "Read data rate", "bytes_per_second", disk.readRate(world.now()));
    statistics.counter("data.current.read_ops", "Read data ops", disk.readCount());
    statistics.gauge(
        "data.current.write", "Write data rate", "bytes_per_second", disk.writeRate(world.now()));
    statistics.counter("data.current.write_ops", "Write data ops", disk.writeCount());
    statistics.gauge("disk.read.latency", "Read latency", "seconds", 0);
    statistics.gauge("disk.write.latency", "Write latency", "seconds", 0);
    statistics.gauge("disk.flush.latency", "Flush latency", "seconds", 0);
    return statistics.document();
  }
}
