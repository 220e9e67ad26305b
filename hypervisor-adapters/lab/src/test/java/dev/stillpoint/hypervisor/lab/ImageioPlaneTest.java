package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.doc.Element;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is true of a host of real parts only: its files, its bitmaps, its daemon's clock. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ImageioPlaneTest {
  private static final long MIB = 1 << 20;

  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;
  private EngineCalls calls;
  private String vm;
  private List<String> disks;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(RealParts.config(dir));
    api = ApiClient.of(lab);
    calls = new EngineCalls(api);
    vm = lab.vmId("web01");
    disks = lab.diskIds(vm);
  }

  @AfterEach
  void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aCheckpointIsABitmapOfItsNameInTheQcow2File() throws Exception {
    String backup = calls.ready(vm, "", "", disks);
    calls.end(backup);
    // As long as the lab sums up the point in time, what is merged may still change the file.
    assertThat(lab.sha256AtBackup(EngineCalls.idOf(backup), disks.get(0))).isNotEmpty();
    String checkpoint = lab.checkpoints(vm).get(0);
    Path image = dir.resolve("run").resolve(disks.get(0) + ".img");
    assertThat(qemuImgInfo(image)).contains("\"format\": \"qcow2\"").contains(checkpoint);
    api.call("DELETE", "/vms/" + vm + "/checkpoints/" + checkpoint, "");
    assertThat(qemuImgInfo(image)).doesNotContain(checkpoint);
  }

  @Test
  void theBitmapsKnowWhatTheGuestWroteWhileItsBackupRan() throws IOException {
    String disk = disks.get(0);
    String first = calls.ready(vm, "", "", disks);
    lab.guests().write(disk, 20 * MIB, new byte[] {1});
    calls.end(first);
    lab.guests().write(disk, 30 * MIB, new byte[] {2});
    String second = calls.ready(vm, "", lab.checkpoints(vm).get(0), disks);
    Element transfer = calls.open(disk, second);
    assertThat(dirty(EngineCalls.client(transfer))).containsExactly(20 * MIB, 30 * MIB);
    api.post(EngineCalls.pathOf(transfer) + "/finalize", "<action/>");
    api.watch(EngineCalls.pathOf(transfer), "phase", "finished_success");
    lab.guests().write(disk, 40 * MIB, new byte[] {3});
    calls.end(second);

    String third = calls.ready(vm, "", lab.checkpoints(vm).get(1), disks);
    assertThat(dirty(EngineCalls.client(calls.open(disk, third)))).containsExactly(40 * MIB);
  }

  @Test
  void anUploadThatBreaksItsImageIsFoundByQemuAndItsDiskGoes() throws IOException {
    String disk = calls.newDisk("");
    Element transfer = calls.upload(disk);
    assertThat(EngineCalls.client(transfer).put(0, new byte[(int) MIB]).statusCode())
        .isEqualTo(200);
    Path image = dir.resolve("run").resolve(disk + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      // The second cluster of a new image is its table of reference counts.
      file.seek(65536);
      file.write(new byte[] {0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f});
    }
    String path = EngineCalls.pathOf(transfer);
    api.post(path + "/finalize", "<action/>");
    api.watch(path, "phase", "finished_failure");
    assertThat(api.refused("GET", "/disks/" + disk, "")).isEqualTo("404");
  }

  @Test
  void theDaemonsOwnIdleTimeEndsADownload() throws IOException {
    String backup = calls.ready(vm, "", "", disks);
    String body =
        EngineCalls.download(disks.get(0), backup)
            .replace("<format>", "<inactivity_timeout>1</inactivity_timeout><format>");
    lab.hold();
    Element transfer = api.post("/imagetransfers", body);
    assertThat(EngineCalls.client(transfer).get(0, 4096).statusCode()).isEqualTo(206);
    lab.goOn();
    api.watch(EngineCalls.pathOf(transfer), "phase", "finished_failure");
    assertThat(EngineCalls.client(transfer).get(0, 4096).statusCode()).isEqualTo(403);
    calls.end(backup);
  }

  @Test
  void noProcessAndNoFileOutlivesTheLab() throws IOException {
    String backup = calls.ready(vm, "", "", disks);
    calls.open(disks.get(0), backup);
    lab.guests().burst(vm, 4096);
    assertThat(children()).isNotEmpty();
    lab.close();
    lab = null;
    assertThat(children()).isEmpty();
    try (Stream<Path> files = Files.list(dir.resolve("run"))) {
      assertThat(files).isEmpty();
    }
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
  }

  private static List<Long> dirty(ImageClient image) throws IOException {
    List<Long> starts = new ArrayList<>();
    for (JsonNode extent : image.extents("dirty")) {
      if (extent.get("dirty").asBoolean()) {
        assertThat(extent.get("length").asLong()).isEqualTo(65536);
        starts.add(extent.get("start").asLong());
      }
    }
    return starts;
  }

  private static String qemuImgInfo(Path image) throws Exception {
    Process process =
        new ProcessBuilder("qemu-img", "info", "-U", "--output=json", image.toString()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
