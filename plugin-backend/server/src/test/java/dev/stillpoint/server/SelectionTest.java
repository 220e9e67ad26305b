package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load, placement, selection, room and surroundings, through the API and the real adapter. */
class SelectionTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void tag(String name, String... vms) {
    it.lab.organise(
        org -> {
          var tag = org.add(org.tags(), name);
          List.of(vms).forEach(vm -> tag.vms().add(it.lab.vmId(vm)));
          return tag;
        });
  }

  @Test
  void aPolicyBacksUpWhatItSelectsWhenItRuns() {
    tag("prod", "web01", "files01");
    it.api
        .post(
            "/policies",
            "{\"name\":\"p\",\"site\":\"lab\",\"select\":[\"tag=prod\",\"name=db*\"],"
                + "\"except\":[\"name=files*\"]}")
        .require(201);
    assertThat(it.api.get("/policies/p/vms").get("items").findValuesAsText("name"))
        .containsExactlyInAnyOrder("web01", "db01");
    assertThat(it.api.get("/policies/p").get("select").get(0).asText()).isEqualTo("tag=prod");

    it.lab.organise(
        org -> org.tags().values().iterator().next().vms().add(it.lab.vmId("legacy01")));
    JsonNode run = it.api.await(it.api.post("/policies/p/runs", "").require(202));

    assertThat(run.get("state").asText()).as("%s", run).isEqualTo("succeeded");
    assertThat(run.get("vms").findValuesAsText("vmName"))
        .containsExactlyInAnyOrder("web01", "db01", "legacy01");
  }

  @Test
  void aPolicyThatSelectsNothingNowIsNotRun() {
    it.api
        .post("/policies", "{\"name\":\"p\",\"site\":\"lab\",\"select\":[\"tag=nobody\"]}")
        .require(201);
    it.api.post("/policies/p/runs", "").require(409);
    it.api
        .post("/policies", "{\"name\":\"q\",\"site\":\"lab\",\"select\":[\"colour=red\"]}")
        .require(400);
  }

  @Test
  void theListOfVmsTellsLoadAndPlacementWhenAsked() {
    tag("prod", "web01");
    it.lab.guests().burst(it.lab.vmId("web01"), 1 << 20);

    JsonNode plain = it.api.get("/sites/lab/vms").get("items").get(0);
    assertThat(plain.has("load")).isFalse();
    assertThat(plain.has("placement")).isFalse();
    for (JsonNode vm : it.api.get("/sites/lab/vms?load=true&placement=true").get("items")) {
      assertThat(vm.get("placement").get("dataCenter").asText()).isEqualTo("Default");
      assertThat(vm.has("load")).isEqualTo(vm.get("power").asText().equals("up"));
      if (vm.get("name").asText().equals("web01")) {
        assertThat(vm.get("load").get("bytesWrittenPerSecond").asLong()).isPositive();
        assertThat(vm.get("placement").get("tags").get(0).asText()).isEqualTo("prod");
        assertThat(vm.get("placement").get("host").asText()).isEqualTo("labhost1");
      }
    }
  }

  @Test
  void aStorageWithoutRoomGetsNoSnapshot() {
    it.lab.faults().turnOn(LabFaults.Switch.DOMAIN_FULL);
    JsonNode run = it.backup("web01");
    assertThat(run.get("state").asText()).isEqualTo("failed");
    JsonNode problem = run.get("vms").get(0).get("problem");
    assertThat(problem.get("kind").asText()).isEqualTo("OUT_OF_SPACE");
    assertThat(problem.get("detail").asText()).contains("Storage data1");
    assertThat(it.lab.leftovers()).isEmpty();
  }

  @Test
  void aRestoredVmHasItsTagsAgainAndItsNicWhereItWasSent() {
    tag("prod", "web01");
    it.backup("web01");
    JsonNode settings = it.api.get("/points/" + it.newestPoint("web01")).get("settings");
    assertThat(settings.get("attributes").get("tags").get(0).asText()).isEqualTo("prod");
    assertThat(settings.get("nics").get(0).get("guestAddresses")).isNotEmpty();

    JsonNode run =
        it.restore(
            "{\"point\":\"%s\",\"mode\":\"new-vm\",\"name\":\"copy\",\"networks\":{\"ovirtmgmt\":\"production\"}}"
                .formatted(it.newestPoint("web01")));

    assertThat(run.get("state").asText()).as("%s", run).isEqualTo("succeeded");
    assertThat(run.get("vms").get(0).get("notes").toString()).contains("Restored: tag prod");
    JsonNode copy = it.api.get("/sites/lab/vms/copy");
    assertThat(copy.get("attributes").get("tags").get(0).asText()).isEqualTo("prod");
    assertThat(copy.get("nics").get(0).get("network").asText()).isEqualTo("production");
  }

  @Test
  void whereVmsCanBeRestoredToIsChosenFromAList() {
    JsonNode targets = it.api.get("/sites/lab/targets");
    assertThat(targets.get("networks").findValuesAsText("network"))
        .contains("ovirtmgmt", "production");
    String cluster = targets.get("clusters").get(0).get("id").asText();
    for (JsonNode storage : targets.get("storages")) {
      assertThat(storage.get("bytesAvailable").asLong()).as("%s", storage).isPositive();
      assertThat(storage.get("usable").asBoolean()).isTrue();
      assertThat(storage.get("clusters").get(0).asText()).isEqualTo(cluster);
    }
    it.lab.faults().turnOn(LabFaults.Switch.DOMAIN_FULL);
    assertThat(it.api.get("/sites/lab/targets").get("storages").get(0).get("bytesAvailable"))
        .as("asked anew each time")
        .isNotEqualTo(targets.get("storages").get(0).get("bytesAvailable"));
  }
}
