package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that goes away in the middle of transfers, and comes back. */
class HostTest {
  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;
  private EngineCalls calls;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(config(dir));
    api = ApiClient.of(lab);
    calls = new EngineCalls(api);
  }

  LabConfig config(Path directory) {
    return LabConfig.inDirectory(directory);
  }

  @AfterEach
  void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void anUploadWaitsForItsHostAndGoesOnAtTheSameAddress() throws IOException {
    String disk = calls.newDisk("");
    Element transfer = calls.upload(disk);
    ImageClient image = EngineCalls.client(transfer);
    assertThat(image.put(0, new byte[] {1, 2, 3, 4}).statusCode()).isEqualTo(200);
    String path = EngineCalls.pathOf(transfer);

    lab.loseHost();
    assertThatThrownBy(() -> image.put(0, new byte[4096])).isInstanceOf(IOException.class);
    api.watch(path, "phase", "paused_system");
    lab.regainHost(false);
    api.post(path + "/resume", "<action/>");
    api.watch(path, "phase", "transferring");
    assertThat(api.get(path).textAt("transfer_url")).isEqualTo(transfer.textAt("transfer_url"));
    assertThat(image.get(0, 4).body()).containsExactly(1, 2, 3, 4);
    api.post(path + "/finalize", "<action/>");
    api.watch(path, "phase", "finished_success");
  }

  @Test
  void afterARestartAnUploadCanOnlyBeCancelledAndItsDiskGoesWithIt() {
    String disk = calls.newDisk("");
    String path = EngineCalls.pathOf(calls.upload(disk));
    lab.loseHost();
    api.watch(path, "phase", "paused_system");
    lab.regainHost(true);
    api.post(path + "/resume", "<action/>");
    api.watch(path, "phase", "paused_system");
    api.post(path + "/cancel", "<action/>");
    api.watch(path, "phase", "finished_cleanup");
    assertThat(api.refused("GET", "/disks/" + disk, "")).isEqualTo("404");
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void aBackupWithASnapshotOutlivesARestartAndIsReadByANewTransfer() throws IOException {
    String vm = lab.vmId("web01");
    List<String> disks = lab.diskIds(vm);
    String backup = calls.ready(vm, "", "", disks);
    String sum = lab.sha256AtBackup(EngineCalls.idOf(backup), disks.get(0));
    Element broken = calls.open(disks.get(0), backup);
    lab.loseHost();
    assertThatThrownBy(() -> EngineCalls.client(broken).get(0, 4096))
        .isInstanceOf(IOException.class);
    assertThat(api.refused("POST", "/imagetransfers", EngineCalls.download(disks.get(0), backup)))
        .contains("no active Host");
    lab.regainHost(true);
    api.watch(EngineCalls.pathOf(broken), "phase", "finished_failure");
    assertThat(api.get("/vms/" + vm).textAt("status")).hasValue("down");
    assertThat(api.get(backup).textAt("phase")).hasValue("ready");

    Element again = calls.open(disks.get(0), backup);
    assertThat(EngineCalls.client(again).get(0, 4096).statusCode()).isEqualTo(206);
    assertThat(EngineCalls.client(broken).get(0, 4096).statusCode()).isEqualTo(403);
    api.post(EngineCalls.pathOf(again) + "/finalize", "<action/>");
    api.watch(EngineCalls.pathOf(again), "phase", "finished_success");
    calls.end(backup);
    assertThat(lab.sha256Now(disks.get(0))).isEqualTo(sum);
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void aLiveBackupDoesNotOutliveARestart() {
    String vm = lab.vmId("web01");
    String backup = calls.ready(vm, "?legacy=true", "", lab.diskIds(vm));
    lab.loseHost();
    lab.regainHost(true);
    api.watch(backup, "phase", "failed");
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void theEngineMayPauseAnUploadByItself() {
    String path = EngineCalls.pathOf(calls.upload(calls.newDisk("")));
    lab.faults().turnOnFor(Switch.UPLOAD_PAUSES, 1);
    api.watch(path, "phase", "paused_system");
    api.post(path + "/resume", "<action/>");
    api.watch(path, "phase", "transferring");
  }

  @Test
  void anUploadThatDoesNotPassTheCheckFailsAndItsDiskGoes() {
    String disk = calls.newDisk("");
    String path = EngineCalls.pathOf(calls.upload(disk));
    lab.faults().turnOnFor(Switch.UPLOAD_DAMAGED, 1);
    api.post(path + "/finalize", "<action/>");
    assertThat(api.watch(path, "phase", "finished_failure"))
        .isSubsetOf(List.of("finalizing_success", "finalizing_failure", "finished_failure"));
    assertThat(api.refused("GET", "/disks/" + disk, "")).isEqualTo("404");
  }

  @Test
  void aHostThatOnlyTheEngineKnowsIsReachedThroughTheProxysAddress() throws IOException {
    lab.faults().turnOn(Switch.HOST_UNRESOLVABLE);
    Element transfer = calls.upload(calls.newDisk(""));
    assertThatThrownBy(() -> EngineCalls.client(transfer).get(0, 1))
        .isInstanceOf(IOException.class);
    ImageClient proxy = new ImageClient(transfer.textAt("proxy_url").orElseThrow());
    assertThat(proxy.get(0, 1).statusCode()).isEqualTo(206);
  }
}
