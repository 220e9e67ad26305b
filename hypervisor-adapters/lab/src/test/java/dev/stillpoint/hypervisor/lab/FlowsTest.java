package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's three ways of a backup, and what each does with trouble. */
class FlowsTest {
  private static final String LEGACY = "?legacy=true";

  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;
  private EngineCalls calls;
  private String vm;
  private List<String> disks;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(LabConfig.inDirectory(dir));
    api = ApiClient.of(lab);
    calls = new EngineCalls(api);
    vm = lab.vmId("web01");
    disks = lab.diskIds(vm);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void aLiveBackupHasAHostAndNoSnapshot() throws IOException {
    String full = calls.begin(vm, LEGACY, "", disks);
    assertThat(api.watch(full, "phase", "ready"))
        .isSubsetOf(List.of("initializing", "starting", "ready"));
    Element ready = api.get(full);
    assertThat(ready.idAt("host")).hasValue(Ids.HOST);
    assertThat(ready.find("snapshot")).isEmpty();
    assertThat(api.get("/vms/" + vm + "/snapshots").children()).hasSize(1);
    assertThat(ready.textAt("to_checkpoint_id")).hasValue(lab.checkpoints(vm).get(0));
    lab.guests().burst(vm, 1 << 20);
    Element transfer = calls.open(disks.get(0), full);
    assertThat(EngineCalls.client(transfer).get(0, 4096).statusCode()).isEqualTo(206);
    api.post(EngineCalls.pathOf(transfer) + "/finalize", "<action/>");
    api.watch(EngineCalls.pathOf(transfer), "phase", "finished_success");
    calls.end(full);

    String incremental = calls.ready(vm, LEGACY, lab.checkpoints(vm).get(0), disks);
    assertThat(api.get(incremental + "/disks").children().get(0).textAt("backup_mode"))
        .hasValue("incremental");
    calls.end(incremental);
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void belowLevel47BackupsGoWithoutASnapshotAndOfAVmThatIsDownWithoutAHost() {
    lab.clusterLevel(6);
    assertThat(api.get("/clusters").children().get(0).textAt("version/minor")).hasValue("6");
    String live = calls.ready(vm, "", "", disks);
    assertThat(api.get(live).find("snapshot")).isEmpty();
    calls.end(live);

    String down = lab.vmId("files01");
    String cold = calls.begin(down, "", "", lab.diskIds(down));
    assertThat(api.watch(cold, "phase", "ready")).isSubsetOf(List.of("initializing", "ready"));
    assertThat(api.get(cold).idAt("host")).hasValue(Ids.NONE);
    assertThat(api.get(cold).find("snapshot")).isEmpty();
    assertThat(api.refused("POST", "/vms/" + down + "/start", "<action/>"))
        .contains("during a backup");
    calls.end(cold);
    lab.clusterLevel(7);
    String hybrid = calls.ready(vm, "", "", disks);
    assertThat(api.get(hybrid).find("snapshot")).isPresent();
    assertThat(api.get(hybrid).find("host")).isEmpty();
  }

  @Test
  void endingALiveBackupTooEarlyIsRefusedAndTheBackupFails() {
    lab.hold();
    String backup = calls.begin(vm, LEGACY, "", disks);
    assertThat(api.refused("POST", backup + "/finalize", "<action/>"))
        .isEqualTo(
            "400 [backup '"
                + EngineCalls.idOf(backup)
                + "' is in 'creating scratch disks' phase, premature backup stop was initiated.]");
    lab.goOn();
    api.watch(backup, "phase", "failed");
    assertThat(lab.checkpoints(vm)).isEmpty();
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void aBackupWithASnapshotIsEndedOnceWheneverThatIs() {
    String backup = calls.begin(vm, "", "", disks);
    api.post(backup + "/finalize", "<action/>");
    assertThat(api.refused("POST", backup + "/finalize", "<action/>"))
        .startsWith("400 [vm '" + vm + "' backup '")
        .contains("is already");
    api.watch(backup, "phase", "succeeded");
    assertThat(lab.checkpoints(vm)).hasSize(1);
  }

  @Test
  void onlyABackupWithASnapshotLeavesTheVmAlone() {
    String stop = "/vms/" + vm + "/stop";
    String live = calls.ready(vm, LEGACY, "", disks);
    assertThat(api.refused("POST", stop, "<action/>"))
        .isEqualTo("409 [Cannot stop VM. The VM is during a backup operation.]");
    calls.end(live);
    String hybrid = calls.ready(vm, "", "", disks);
    assertThat(api.refused("POST", stop, "<action/>"))
        .as("the record of the live backup is still kept")
        .contains("during a backup");
    calls.end(hybrid);

    String other = lab.vmId("db01");
    calls.ready(other, "", "", lab.diskIds(other));
    api.post("/vms/" + other + "/stop", "<action/>");
    api.watch("/vms/" + other, "status", "down");
  }

  @Test
  void aLiveBackupDiesWithItsVmAndOneWithASnapshotDoesNot() {
    String live = calls.ready(vm, LEGACY, "", disks);
    lab.power(vm, false);
    api.watch(live, "phase", "failed");
    lab.power(vm, true);
    String hybrid = calls.ready(vm, "", "", disks);
    lab.power(vm, false);
    calls.end(hybrid);
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void consistencyIsRequiredOnTheLivePathOnly() {
    lab.faults().turnOn(Switch.FREEZE_FAILS);
    assertThat(api.refused("POST", "/vms/" + vm + "/freezefilesystems", "<action/>"))
        .isEqualTo("400 [Unable to freeze guest filesystems]");
    String query = "?require_consistency=true";
    api.watch(calls.begin(vm, LEGACY + "&require_consistency=true", "", disks), "phase", "failed");
    calls.end(calls.ready(vm, LEGACY, "", disks));
    calls.end(calls.ready(vm, query, "", disks));
    lab.faults().clear();
    calls.end(calls.ready(vm, LEGACY + "&require_consistency=true", "", disks));
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void aFailedRedefinitionCostsTheWholeChain() {
    calls.end(calls.ready(vm, LEGACY, "", disks));
    calls.end(calls.ready(vm, LEGACY, lab.checkpoints(vm).get(0), disks));
    assertThat(lab.checkpoints(vm)).hasSize(2);
    lab.faults().turnOnFor(Switch.REDEFINE_FAILS, 1);
    String last = lab.checkpoints(vm).get(1);
    String body = EngineCalls.backup(last, disks);
    assertThat(api.refused("POST", "/vms/" + vm + "/backups" + LEGACY, body)).isEqualTo("400 []");
    assertThat(lab.checkpoints(vm)).isEmpty();
    assertThat(api.get("/vms/" + vm + "/backups").children())
        .as("the record of what was refused is kept")
        .hasSize(3);
    api.waitUntil(
        "/vms/" + vm + "/backups",
        all -> all.children().stream().anyMatch(b -> b.textAt("phase").get().equals("failed")));
    assertThat(api.refused("POST", "/vms/" + vm + "/backups", EngineCalls.backup(last, disks)))
        .isEqualTo("400 [Cannot backup VM. Checkpoint ID " + last + " doesn't exist.]");
  }

  @Test
  void disksThatCannotBeBackedUpAreLeftOutWithoutAWord() {
    String shared = calls.newDisk("<shareable>true</shareable>");
    String lun = calls.newDisk("<lun_storage/>");
    calls.attach(vm, shared);
    calls.attach(lab.vmId("db01"), shared);
    calls.attach(vm, lun);
    assertThat(api.get("/disks/" + lun).textAt("storage_type")).hasValue("lun");
    String backup = calls.ready(vm, "", "", lab.diskIds(vm));
    assertThat(api.get(backup + "/disks").children()).hasSize(1);
    assertThat(api.refused("POST", "/imagetransfers", EngineCalls.download(shared, backup)))
        .contains("not part of the VM backup");
    calls.end(backup);
  }

  @Test
  void anInvalidCheckpointIsShownAndNotTaken() {
    calls.end(calls.ready(vm, "", "", disks));
    String checkpoint = lab.checkpoints(vm).get(0);
    lab.invalidateCheckpoints(vm);
    String path = "/vms/" + vm + "/checkpoints/" + checkpoint;
    assertThat(api.get(path).textAt("state")).hasValue("invalid");
    assertThat(
            api.refused("POST", "/vms/" + vm + "/backups", EngineCalls.backup(checkpoint, disks)))
        .isEqualTo(
            "400 [Cannot backup VM. Checkpoint ID "
                + checkpoint
                + " is invalid and should be removed.]");
    assertThat(api.call("DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(lab.checkpoints(vm)).isEmpty();
  }

  @Test
  void aCheckpointWhoseBitmapCannotBeRemovedStaysAsInvalid() {
    calls.end(calls.ready(vm, "", "", disks));
    String path = "/vms/" + vm + "/checkpoints/" + lab.checkpoints(vm).get(0);
    lab.faults().turnOnFor(Switch.CHECKPOINT_STAYS, 1);
    assertThat(api.call("DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(api.get(path).textAt("state")).hasValue("invalid");
    api.call("DELETE", path, "");
    assertThat(lab.checkpoints(vm)).isEmpty();
  }

  @Test
  void aFailedMergeIsToldAsASuccessAndLeavesTheSnapshot() {
    lab.faults().turnOnFor(Switch.MERGE_FAILS, 1);
    String backup = calls.ready(vm, "", "", disks);
    String snapshot = api.get(backup).idAt("snapshot").orElseThrow();
    calls.end(backup);
    assertThat(lab.leftovers())
        .containsExactly("snapshot \"Auto-generated for Backup VM\" of web01");
    String path = "/vms/" + vm + "/snapshots/" + snapshot;
    assertThat(api.get(path).textAt("snapshot_status")).hasValue("ok");
    api.call("DELETE", path, "");
    api.waitUntilGone(path);
    assertThat(lab.leftovers()).isEmpty();
  }
}
