package dev.stillpoint.hypervisor.lab;

import dev.stillpoint.hypervisor.lab.doc.Element;
import java.util.List;

/** Longer conversations with the lab's engine, as its clients have them. */
final class EngineCalls {
  private final ApiClient api;

  EngineCalls(ApiClient api) {
    this.api = api;
  }

  static String backup(String from, List<String> disks) {
    StringBuilder text = new StringBuilder("<backup>");
    if (!from.isEmpty()) {
      text.append("<from_checkpoint_id>").append(from).append("</from_checkpoint_id>");
    }
    text.append("<disks>");
    disks.forEach(disk -> text.append("<disk id=\"").append(disk).append("\"/>"));
    return text.append("</disks></backup>").toString();
  }

  /** Starts a backup and returns its address. */
  String begin(String vm, String query, String from, List<String> disks) {
    String path = "/vms/" + vm + "/backups";
    return path + "/" + api.post(path + query, backup(from, disks)).id().orElseThrow();
  }

  String ready(String vm, String query, String from, List<String> disks) {
    String backup = begin(vm, query, from, disks);
    api.watch(backup, "phase", "ready");
    return backup;
  }

  void end(String backup) {
    api.post(backup + "/finalize", "<action/>");
    api.watch(backup, "phase", "succeeded");
  }

  static String idOf(String path) {
    return path.replaceAll(".*/", "");
  }

  static String download(String disk, String backup) {
    return "<image_transfer><disk id=\""
        + disk
        + "\"/><backup id=\""
        + idOf(backup)
        + "\"/><direction>download</direction><format>raw</format></image_transfer>";
  }

  /** Begins a download and returns what the engine says of it. */
  Element open(String disk, String backup) {
    return api.post("/imagetransfers", download(disk, backup));
  }

  /** Makes a disk, with more than it must have, and returns its id. */
  String newDisk(String more) {
    String body =
        "<disk><name>new</name><format>cow</format><provisioned_size>16777216</provisioned_size>"
            + more
            + "<storage_domains><storage_domain><name>data1</name></storage_domain>"
            + "</storage_domains></disk>";
    String id = api.post("/disks", body).id().orElseThrow();
    api.watch("/disks/" + id, "status", "ok");
    return id;
  }

  void attach(String vm, String disk) {
    api.post(
        "/vms/" + vm + "/diskattachments",
        "<disk_attachment><interface>virtio</interface><active>true</active><disk id=\""
            + disk
            + "\"/></disk_attachment>");
  }

  /** Begins an upload to a disk and returns what the engine says of it. */
  Element upload(String disk) {
    return api.post(
        "/imagetransfers",
        "<image_transfer><disk id=\"" + disk + "\"/><format>raw</format></image_transfer>");
  }

  static String pathOf(Element transfer) {
    return "/imagetransfers/" + transfer.id().orElseThrow();
  }

  static ImageClient client(Element transfer) {
    return new ImageClient(transfer.textAt("transfer_url").orElseThrow());
  }
}
