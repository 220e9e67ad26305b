package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.backup.Sampling;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.ByteCount;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of reading and the sampling of unchanged blocks, through the API and the lab. */
class GroupTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory, new Sampling(100, ByteCount.ofGibibytes(8)));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private JsonNode backup(String group, String... vms) {
    return it.api.await(
        it.api
            .post(
                "/runs",
                "{\"site\":\"lab\",\"vms\":[\"%s\"],\"group\":%s}"
                    .formatted(String.join("\",\"", vms), group))
            .require(202));
  }

  @Test
  void aRunTellsInWhichOrderItReadAndWhatThatCarried() {
    JsonNode run =
        backup("{\"order\":\"fifo\",\"batchSize\":2,\"readers\":1}", "web01", "db01", "files01");
    assertThat(run.get("state").asText()).as("%s", run).isEqualTo("succeeded");
    JsonNode report = run.get("group");
    assertThat(report.get("vms").findValuesAsText("vmName"))
        .containsExactly("web01", "db01", "files01");
    assertThat(report.get("batches").findValuesAsText("vms")).containsExactly("2", "1");
    assertThat(report.get("vms").get(0).get("reason").asText()).startsWith("in the order given");
    double cost = report.get("cost").get("snapshotSeconds").asDouble();
    assertThat(cost).isPositive();
    // db01 waits until web01 is read; what lies between two readings is not counted.
    JsonNode vms = report.get("vms");
    double least =
        seconds(vms, 0, "snapshot")
            + seconds(vms, 0, "read")
            + seconds(vms, 1, "read")
            + seconds(vms, 2, "snapshot");
    assertThat(report.get("fifoCost").get("snapshotSeconds").asDouble())
        .as("the comparison with itself: %s", report)
        .isBetween(0.99 * least, 1.01 * cost);
    JsonNode group = it.api.get("/points/" + it.newestPoint("web01")).get("group");
    assertThat(group.get("vms").asInt()).isEqualTo(2);
    assertThat(group.get("skewSeconds").asDouble()).isBetween(0.0, 60.0);
    assertThat(it.api.get("/points/" + it.newestPoint("files01")).has("group")).isFalse();
  }

  private static double seconds(JsonNode vms, int index, String what) {
    return vms.get(index).get(what + "Seconds").asDouble();
  }

  @Test
  void theOrderMayGoByHost() {
    JsonNode run =
        backup("{\"by\":\"host\",\"collective\":\"mean\",\"readers\":1}", "web01", "db01");
    assertThat(run.get("state").asText()).as("%s", run).isEqualTo("succeeded");
    assertThat(run.get("group").get("vms").get(0).get("reason").asText())
        .startsWith("host ")
        .contains("by the mean over its VMs");
  }

  @Test
  void aPolicyKeepsItsOrderAndItsRunsFollowIt() {
    String policy =
        "{\"name\":\"nightly\",\"site\":\"lab\",\"vms\":[\"web01\"],"
            + "\"group\":{\"order\":\"smallest\",\"readers\":1}}";
    JsonNode added = it.api.post("/policies", policy).require(201);
    assertThat(added.get("group").get("order").asText()).isEqualTo("smallest");
    assertThat(added.get("group").has("by")).isFalse();
    JsonNode run = it.api.await(it.api.post("/policies/nightly/runs", "").require(202));
    assertThat(run.get("group").get("order").asText()).isEqualTo("smallest");
    assertThat(run.get("group").get("readers").asInt()).isEqualTo(1);
  }

  @Test
  void anOrderThatNobodyKnowsIsTheCallersMistake() {
    String run = "{\"site\":\"lab\",\"vms\":[\"web01\"],\"group\":{%s}}";
    for (String wrong :
        new String[] {
          "\"order\":\"best\"", "\"by\":\"moon\"", "\"readers\":0", "\"batchSize\":-1"
        }) {
      ApiCaller.Answer answer = it.api.post("/runs", run.formatted(wrong));
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.body().get("remedy").asText()).startsWith("Give ");
    }
  }

  @Test
  void anEngineWhoseBitmapForgotAChangeIsFoundOutAndTheDiskIsReadInFull() {
    it.backup("web01");
    it.lab.guests().burst(it.lab.vmId("web01"), 3 << 20);
    it.lab.faults().turnOn(Switch.BITMAP_LIES);

    JsonNode run = it.backup("web01");

    assertThat(run.get("state").asText()).as("%s", run).isEqualTo("warning");
    JsonNode vm = run.get("vms").get(0);
    assertThat(vm.get("problem").get("kind").asText()).isEqualTo("CORRUPT_DATA");
    assertThat(vm.get("problem").get("detail").asText()).contains("at offset");
    JsonNode disk = vm.get("disks").get(0);
    assertThat(disk.get("mode").asText()).isEqualTo("full");
    assertThat(disk.get("reason").asText()).startsWith("change tracking missed a change");
    it.lab.faults().clear();
    assertThat(it.backup("web01").get("state").asText()).isEqualTo("succeeded");
  }
}
