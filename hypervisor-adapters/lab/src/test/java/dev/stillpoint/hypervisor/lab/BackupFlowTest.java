package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.doc.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFlowTest {
  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(config(dir));
    api = ApiClient.of(lab);
  }

  LabConfig config(Path directory) throws IOException {
    return LabConfig.inDirectory(directory);
  }

  @AfterEach
  void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aFullBackupReadsEveryDiskAsItWasAtItsInstantWhileTheGuestWritesOn() throws Exception {
    String vm = lab.vmId("db01");
    String backup = startBackup(vm, "");
    lab.guests().burst(vm, 4 << 20);
    for (String disk : lab.diskIds(vm)) {
      Element transfer = download(disk, backup);
      ImageClient image = new ImageClient(transfer.textAt("transfer_url").orElseThrow());
      assertThat(sha256(readByExtents(image))).isEqualTo(lab.sha256AtBackup(backup, disk));
      assertThat(lab.sha256Now(disk)).isNotEqualTo(lab.sha256AtBackup(backup, disk));
      finish(transfer);
    }
    finalizeBackup(vm, backup);
    assertThat(lab.checkpoints(vm)).hasSize(1);
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void anIncrementalBackupOverAnOlderCopyGivesTheNewContent() throws Exception {
    String vm = lab.vmId("web01");
    String disk = lab.diskIds(vm).get(0);
    String first = startBackup(vm, "");
    Element full = download(disk, first);
    byte[] copy = readByExtents(new ImageClient(full.textAt("transfer_url").orElseThrow()));
    finish(full);
    finalizeBackup(vm, first);

    lab.guests().burst(vm, 2 << 20);
    String second = startBackup(vm, lab.checkpoints(vm).get(0));
    Element part = api.get("/vms/" + vm + "/backups/" + second + "/disks").children().get(0);
    assertThat(part.textAt("backup_mode")).hasValue("incremental");
    Element transfer = download(disk, second);
    ImageClient image = new ImageClient(transfer.textAt("transfer_url").orElseThrow());
    long dirtyBytes = 0;
    for (JsonNode extent : image.extents("dirty")) {
      if (extent.get("dirty").asBoolean()) {
        overwrite(copy, image, extent);
        dirtyBytes += extent.get("length").asLong();
      }
    }
    assertThat(sha256(copy)).isEqualTo(lab.sha256AtBackup(second, disk));
    assertThat(dirtyBytes).isBetween(1L << 20, 40L << 20);
    finish(transfer);
    finalizeBackup(vm, second);
    assertThat(lab.checkpoints(vm)).hasSize(2);
  }

  @Test
  void aBackupOfARawDiskIsFullAndLeavesNoCheckpoint() throws Exception {
    String vm = lab.vmId("legacy01");
    String disk = lab.diskIds(vm).get(0);
    String backup = startBackup(vm, "");
    assertThat(api.get("/vms/" + vm + "/backups/" + backup).textAt("to_checkpoint_id")).isEmpty();
    Element transfer = download(disk, backup);
    ImageClient image = new ImageClient(transfer.textAt("transfer_url").orElseThrow());
    assertThat(image.send(image.request("/extents?context=dirty")).statusCode()).isEqualTo(404);
    assertThat(sha256(readByExtents(image))).isEqualTo(lab.sha256AtBackup(backup, disk));
    finish(transfer);
    finalizeBackup(vm, backup);
    assertThat(lab.checkpoints(vm)).isEmpty();
  }

  @Test
  void whileABackupRunsItsDisksAreLockedAndItsVmCannotBeRemoved() {
    String vm = lab.vmId("files01");
    String disk = lab.diskIds(vm).get(0);
    String backup = startBackup(vm, "");

    assertThat(api.get("/disks/" + disk).textAt("status")).hasValue("locked");
    assertThat(api.refused("POST", "/vms/" + vm + "/backups", body("", disk)))
        .isEqualTo("409 [Cannot backup VM: Disk is locked. Please try again later.]");
    assertThat(api.refused("DELETE", "/vms/" + vm, "")).contains("during a backup operation");
    String checkpoint = lab.checkpoints(vm).get(0);
    assertThat(api.refused("DELETE", "/vms/" + vm + "/checkpoints/" + checkpoint, ""))
        .startsWith("409");
    String snapshot = api.get("/vms/" + vm + "/backups/" + backup).idAt("snapshot").orElseThrow();
    assertThat(api.refused("DELETE", "/vms/" + vm + "/snapshots/" + snapshot, ""))
        .startsWith("409");
    assertThat(lab.leftovers()).hasSize(3);
    finalizeBackup(vm, backup);
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void theGuestsWritesGoOnDuringABackupWithoutBeingSeenByIt() throws Exception {
    String vm = lab.vmId("web01");
    String disk = lab.diskIds(vm).get(0);
    lab.guests().resume();
    String backup = startBackup(vm, "");
    Element transfer = download(disk, backup);
    ImageClient image = new ImageClient(transfer.textAt("transfer_url").orElseThrow());
    String then = lab.sha256AtBackup(backup, disk);
    String last = then;
    for (int i = 0; i < 3; i++) {
      last = awaitAnother(disk, last);
      assertThat(sha256(readByExtents(image))).isEqualTo(then);
    }
    assertThat(lab.sha256Now(disk)).isNotEqualTo(then);
  }

  /** The sum of a disk once its guest has written. */
  private String awaitAnother(String disk, String before) throws InterruptedException {
    for (int i = 0; i < 600 && lab.sha256Now(disk).equals(before); i++) {
      Thread.sleep(100);
    }
    String now = lab.sha256Now(disk);
    assertThat(now).as("the guest writes").isNotEqualTo(before);
    return now;
  }

  @Test
  void aBackupThatFailsWhileItsPointInTimeIsTakenDoesNotKeepIt() throws Exception {
    String vm = lab.vmId("web01");
    String backups = "/vms/" + vm + "/backups";
    lab.hold();
    String early =
        api.post(backups + "?legacy=true", body("", lab.diskIds(vm).get(0))).id().orElseThrow();
    api.refused("POST", backups + "/" + early + "/finalize", "<action/>");
    // By now both are due, the point in time and the failure: they meet.
    Thread.sleep(300);
    lab.goOn();
    api.watch(backups + "/" + early, "phase", "failed");

    String next = startBackup(vm, "");
    finalizeBackup(vm, next);
    assertThat(lab.sha256AtBackup(next, lab.diskIds(vm).get(0))).isNotEmpty();
    try (var files = Files.list(dir.resolve("run"))) {
      assertThat(files).noneMatch(file -> !file.toString().endsWith(".img"));
    }
  }

  @Test
  void theGuestOfAVmWhoseDiskWasExchangedWritesToTheNewOne() throws IOException {
    String vm = lab.vmId("files01");
    String old = lab.diskIds(vm).get(0);
    String disk =
        api.post(
                "/disks",
                "<disk><name>another-name</name><format>cow</format><provisioned_size>16777216"
                    + "</provisioned_size><storage_domains><storage_domain><name>data1</name>"
                    + "</storage_domain></storage_domains></disk>")
            .id()
            .orElseThrow();
    api.watch("/disks/" + disk, "status", "ok");
    api.call("DELETE", "/vms/" + vm + "/diskattachments/" + old, "");
    api.post(
        "/vms/" + vm + "/diskattachments",
        "<disk_attachment><interface>virtio</interface><disk id=\""
            + disk
            + "\"/></disk_attachment>");
    lab.power(vm, true);
    String before = lab.sha256Now(disk);
    lab.guests().burst(vm, 4096);
    assertThat(lab.sha256Now(disk)).isNotEqualTo(before);
  }

  @Test
  void detachingADiskRemovesTheCheckpointsOfTheVm() {
    String vm = lab.vmId("files01");
    String disk = lab.diskIds(vm).get(0);
    finalizeBackup(vm, startBackup(vm, ""));
    String checkpoint = lab.checkpoints(vm).get(0);

    api.call("DELETE", "/vms/" + vm + "/diskattachments/" + disk, "");
    assertThat(lab.checkpoints(vm)).isEmpty();
    api.post(
        "/vms/" + vm + "/diskattachments",
        "<disk_attachment><interface>virtio</interface><bootable>true</bootable><disk id=\""
            + disk
            + "\"/></disk_attachment>");
    assertThat(api.refused("POST", "/vms/" + vm + "/backups", body(checkpoint, disk)))
        .isEqualTo("400 [Cannot backup VM. Checkpoint ID " + checkpoint + " doesn't exist.]");
  }

  @Test
  void theClientsOwnBackupIdIsTakenOnceOnly() {
    String vm = lab.vmId("files01");
    String disk = lab.diskIds(vm).get(0);
    String id = "5a5a5a5a-0000-4000-8000-000000000001";
    String body = "<backup id=\"" + id + "\"><disks><disk id=\"" + disk + "\"/></disks></backup>";
    assertThat(api.post("/vms/" + vm + "/backups", body).id()).hasValue(id);
    assertThat(api.watch("/vms/" + vm + "/backups/" + id, "phase", "ready"))
        .isSubsetOf(List.of("starting", "ready"));
    finalizeBackup(vm, id);
    assertThat(api.refused("POST", "/vms/" + vm + "/backups", body)).contains("already exists");
  }

  private static String body(String from, String disk) {
    return "<backup>"
        + (from.isEmpty() ? "" : "<from_checkpoint_id>" + from + "</from_checkpoint_id>")
        + "<disks><disk id=\""
        + disk
        + "\"/></disks></backup>";
  }

  private String startBackup(String vm, String from) {
    StringBuilder disks = new StringBuilder();
    lab.diskIds(vm).forEach(disk -> disks.append("<disk id=\"").append(disk).append("\"/>"));
    String origin = from.isEmpty() ? "" : "<from_checkpoint_id>" + from + "</from_checkpoint_id>";
    Element backup =
        api.post(
            "/vms/" + vm + "/backups",
            "<backup>" + origin + "<disks>" + disks + "</disks></backup>");
    String id = backup.id().orElseThrow();
    api.watch("/vms/" + vm + "/backups/" + id, "phase", "ready");
    return id;
  }

  private void finalizeBackup(String vm, String backup) {
    String path = "/vms/" + vm + "/backups/" + backup;
    api.post(path + "/finalize", "<action/>");
    assertThat(api.watch(path, "phase", "succeeded"))
        .isSubsetOf(List.of("ready", "finalizing", "succeeded"));
  }

  private Element download(String disk, String backup) {
    return api.post(
        "/imagetransfers",
        "<image_transfer><disk id=\""
            + disk
            + "\"/><backup id=\""
            + backup
            + "\"/><direction>download</direction><format>raw</format></image_transfer>");
  }

  private void finish(Element transfer) {
    String path = "/imagetransfers/" + transfer.id().orElseThrow();
    api.post(path + "/finalize", "<action/>");
    api.watch(path, "phase", "finished_success");
  }

  private static byte[] readByExtents(ImageClient image) throws IOException {
    JsonNode extents = image.extents("zero");
    JsonNode last = extents.get(extents.size() - 1);
    byte[] content = new byte[(int) (last.get("start").asLong() + last.get("length").asLong())];
    for (JsonNode extent : extents) {
      if (!extent.get("zero").asBoolean()) {
        overwrite(content, image, extent);
      }
    }
    return content;
  }

  private static void overwrite(byte[] content, ImageClient image, JsonNode extent)
      throws IOException {
    int start = extent.get("start").asInt();
    int length = extent.get("length").asInt();
    if (extent.get("zero").asBoolean()) {
      Arrays.fill(content, start, start + length, (byte) 0);
    } else {
      System.arraycopy(image.get(start, length).body(), 0, content, start, length);
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
