package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through the API, the real adapter and the lab, which keeps its own sums. */
class MainJobTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory);
    it.lab.guests().resume();
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void everyDiskOfEveryVmComesBackByteForByte() {
    JsonNode first = it.backup("*");
    assertThat(first.get("state").asText()).as("%s", first).isEqualTo("succeeded");
    assertThat(first.get("vms")).hasSize(5);
    it.lab.guests().burst(it.lab.vmId("db01"), 3 << 20);
    JsonNode second = it.backup("*");
    assertThat(second.get("state").asText()).as("%s", second).isEqualTo("succeeded");
    for (JsonNode vm : second.get("vms")) {
      boolean raw = vm.get("vmName").asText().equals("legacy01");
      for (JsonNode disk : vm.get("disks")) {
        assertThat(disk.get("mode").asText())
            .as("%s", disk)
            .isEqualTo(raw ? "full" : "incremental");
        assertThat(disk.get("bytesRead").asLong()).isLessThan(disk.get("bytesVirtual").asLong());
      }
    }
    for (JsonNode run : new JsonNode[] {first, second}) {
      for (JsonNode vm : run.get("vms")) {
        String name =
            "check-" + vm.get("vmName").asText().replace(' ', '-') + run.get("id").asText();
        JsonNode restored =
            it.restore(
                "{\"point\":\"%s\",\"mode\":\"new-vm\",\"name\":\"%s\"}"
                    .formatted(vm.get("point").asText(), name));
        assertThat(restored.get("state").asText()).as("%s", restored).isEqualTo("succeeded");
        assertSame(vm, restored.get("vms").get(0));
      }
    }
    assertThat(it.lab.leftovers()).isEmpty();
    assertThat(it.api.get("/leftovers").get("items")).isEmpty();
  }

  @Test
  void aVmThatIsOffIsGivenBackInPlace() {
    JsonNode backup = it.backup("db01");
    String vm = it.lab.vmId("db01");
    it.lab.guests().burst(vm, 5 << 20);
    it.lab.power(vm, false);
    JsonNode restored =
        it.restore("{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(it.newestPoint("db01")));
    assertThat(restored.get("state").asText()).as("%s", restored).isEqualTo("succeeded");
    assertSame(backup.get("vms").get(0), restored.get("vms").get(0));
    assertThat(it.lab.diskIds(vm))
        .containsExactlyInAnyOrderElementsOf(
            restored.get("vms").get(0).get("disks").findValuesAsText("restoredTo"));
    JsonNode settings = it.api.get("/sites/" + it.site + "/vms/db01");
    assertThat(settings.get("power").asText()).isEqualTo("down");
    assertThat(settings.get("hardware").get("memoryBytes").asLong()).isEqualTo(8L << 30);
    assertThat(settings.get("nics")).hasSize(2);
    assertThat(it.lab.leftovers()).isEmpty();
    it.lab.power(vm, true);
    JsonNode next = it.backup("db01").get("vms").get(0);
    assertThat(next.get("state").asText()).isEqualTo("succeeded");
    for (JsonNode disk : next.get("disks")) {
      assertThat(disk.get("mode").asText()).isEqualTo("full");
      assertThat(disk.get("reason").asText()).contains("checkpoint");
    }
  }

  @Test
  void oneDiskOfAVmIsGivenBackAndTheOtherStaysAsItIs() {
    JsonNode backup = it.backup("db01").get("vms").get(0);
    String vm = it.lab.vmId("db01");
    it.lab.guests().burst(vm, 5 << 20);
    it.lab.power(vm, false);
    String data = disk(backup, "db01_data");
    String other = it.lab.diskIds(vm).stream().filter(d -> !d.equals(data)).findFirst().get();
    String otherNow = it.lab.sha256Now(other);
    assertThat(otherNow)
        .as("the guest wrote to both")
        .isNotEqualTo(it.lab.sha256AtBackup(backup.get("snapshot").asText(), other));

    String wish = "{\"point\":\"%s\",\"mode\":\"in-place\",\"disks\":[\"%s\"]}";
    String point = it.newestPoint("db01");
    JsonNode refused = it.api.post("/restores", wish.formatted(point, "db01_dta")).require(400);
    assertThat(refused.get("detail").asText()).endsWith("has no disk db01_dta");
    JsonNode restored = it.restore(wish.formatted(point, "db01_data")).get("vms").get(0);

    assertThat(restored.get("state").asText()).as("%s", restored).isEqualTo("succeeded");
    assertThat(restored.get("disks")).hasSize(1);
    String now = restored.get("disks").get(0).get("restoredTo").asText();
    assertThat(it.lab.diskIds(vm)).containsExactlyInAnyOrder(other, now);
    assertThat(it.lab.sha256Now(now))
        .isEqualTo(it.lab.sha256AtBackup(backup.get("snapshot").asText(), data));
    assertThat(it.lab.sha256Now(other)).isEqualTo(otherNow);
    assertThat(it.lab.leftovers()).isEmpty();
    it.lab.power(vm, true);
    assertThat(it.backup("db01").get("state").asText()).isEqualTo("succeeded");
  }

  private static String disk(JsonNode task, String name) {
    for (JsonNode disk : task.get("disks")) {
      if (disk.get("name").asText().equals(name)) {
        return disk.get("disk").asText();
      }
    }
    throw new AssertionError("No disk " + name + " in " + task);
  }

  @Test
  void theDryRunSaysWhatTheRestoreWouldDoAndTouchesNothing() {
    it.backup("web01");
    JsonNode plan =
        it.api
            .post(
                "/restores",
                "{\"point\":\"%s\",\"mode\":\"in-place\",\"dryRun\":true}"
                    .formatted(it.newestPoint("web01")))
            .require(200);
    assertThat(plan.get("refusals").get(0).get("detail").asText())
        .isEqualTo("VM web01 is not powered off");
    assertThat(plan.get("disks")).hasSize(1);
    assertThat(plan.get("disks").get(0).get("bytesToWrite").asLong()).isPositive();
  }

  @Test
  void aPolicyRunsItsVmsAndOneThatIsDisabledDoesNot() {
    String body =
        "{\"name\":\"nightly\",\"site\":\"lab\",\"vms\":[\"files01\",\"büro test\"],\"enabled\":%s}";
    it.api.post("/policies", body.formatted(true)).require(201);
    JsonNode run = it.api.await(it.api.post("/policies/nightly/runs", "").require(202));
    assertThat(run.get("state").asText()).isEqualTo("succeeded");
    assertThat(run.get("vms").findValuesAsText("vmName")).containsExactly("files01", "büro test");
    assertThat(it.api.post("/policies", body.formatted(true)).status()).isEqualTo(409);
    it.api.call("PUT", "/policies/nightly", body.formatted(false)).require(200);
    assertThat(it.api.post("/policies/nightly/runs", "").status()).isEqualTo(409);
    assertThat(it.api.call("DELETE", "/sites/lab", "").status()).isEqualTo(409);
  }

  @Test
  void aPolicyThatFreezesItsGuestsHasPointsOfFileSystemsAtRest() {
    String body =
        "{\"name\":\"nightly\",\"site\":\"lab\",\"vms\":[\"web01\",\"files01\"],\"freeze\":\"%s\"}";
    assertThat(it.api.post("/policies", body.formatted("perhaps")).status()).isEqualTo(400);
    it.api.post("/policies", body.formatted("require")).require(201);
    assertThat(it.api.get("/policies/nightly").get("freeze").asText()).isEqualTo("require");
    it.api.await(it.api.post("/policies/nightly/runs", "").require(202));
    for (String vm : List.of("web01", "files01")) {
      JsonNode point = it.api.get("/points/" + it.newestPoint(vm));
      assertThat(point.get("consistency").asText()).isEqualTo("filesystem");
      assertThat(point.get("leftOut")).isEmpty();
    }
    it.backup("web01");
    assertThat(it.api.get("/points/" + it.newestPoint("web01")).get("consistency").asText())
        .isEqualTo("unknown");
  }

  @Test
  void pointsAreListedShownAndVerified() {
    it.backup("web01", "db01");
    assertThat(it.api.get("/points").get("items")).hasSize(2);
    String point = it.newestPoint("db01");
    JsonNode whole = it.api.get("/points/" + point);
    assertThat(whole.get("settings").get("hardware").get("memoryBytes").asLong())
        .isEqualTo(8L << 30);
    JsonNode verified = it.api.post("/points/" + point + "/verify", "").require(200);
    assertThat(verified.get("ok").asBoolean()).isTrue();
    assertThat(verified.get("chunksChecked").asLong()).isPositive();
  }

  @Test
  void aDamagedManifestIsToldByTheStatus() throws IOException {
    it.backup("files01");
    assertThat(it.api.get("/status").get("repository").get("findings")).isEmpty();
    try (Stream<Path> files = Files.walk(directory.resolve("data/repository/points"))) {
      Path manifest = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] content = Files.readAllBytes(manifest);
      content[content.length / 2] ^= 1;
      Files.write(manifest, content);
    }
    JsonNode findings = it.api.get("/status").get("repository").get("findings");
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).asText()).contains("points/");
  }

  @Test
  void theReserveIsShownAndResizedWhileTheServerRuns() {
    it.backup("web01");
    JsonNode before = it.api.get("/status").get("repository");
    assertThat(before.get("reserveBytes").asLong()).isEqualTo(512L << 20);
    assertThat(before.get("claimedBytes").asLong() + before.get("usedBytes").asLong())
        .isGreaterThanOrEqualTo(512L << 20);
    JsonNode grown =
        it.api.call("PUT", "/repository/reserve", "{\"bytes\":629145600}").require(200);
    assertThat(grown.get("reserveBytes").asLong()).isEqualTo(600L << 20);
    JsonNode refused = it.api.call("PUT", "/repository/reserve", "{\"bytes\":1000}").require(409);
    assertThat(refused.get("detail").asText()).contains("which is more than a reserve of 1000 B");
    it.api.call("PUT", "/repository/reserve", "{\"bytes\":4611686018427387904}").require(507);
    for (String wrong : List.of("{\"bytes\":-1}", "{}", "{\"bytes\":\"many\"}")) {
      it.api.call("PUT", "/repository/reserve", wrong).require(400);
    }
    assertThat(it.api.get("/repository").get("reserveBytes")).isEqualTo(grown.get("reserveBytes"));
  }

  /** The lab's own sums: of the disk at the backup's instant, and of the restored disk now. */
  private void assertSame(JsonNode backedUp, JsonNode restored) {
    assertThat(restored.get("problem")).isNull();
    assertThat(restored.get("disks")).hasSameSizeAs(backedUp.get("disks"));
    Map<String, String> target = new HashMap<>();
    restored
        .get("disks")
        .forEach(d -> target.put(d.get("disk").asText(), d.get("restoredTo").asText()));
    for (JsonNode disk : backedUp.get("disks")) {
      String id = disk.get("disk").asText();
      assertThat(it.lab.sha256Now(target.get(id)))
          .as("%s", disk)
          .isEqualTo(it.lab.sha256AtBackup(backedUp.get("snapshot").asText(), id));
    }
  }
}
