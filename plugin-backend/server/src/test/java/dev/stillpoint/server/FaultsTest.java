package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.server.ApiCaller.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told when something is wrong: the thing, and what to do about it. */
class FaultsTest {

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

  @Test
  void aWrongPasswordNamesTheUser() {
    Answer answer = it.api.post("/sites", second(it.lab.apiUrl(), "wrong"));
    assertProblem(answer, 502, "UNAUTHENTICATED", "admin@internal");
    assertThat(it.api.get("/sites").get("items")).as("it is not kept").hasSize(1);
  }

  @Test
  void anEngineThatIsNotThereIsNamed() {
    Answer answer = it.api.post("/sites", second("http://127.0.0.1:9/ovirt-engine/api", "p"));
    assertProblem(answer, 503, "HYPERVISOR_UNAVAILABLE", "127.0.0.1:9");
  }

  @Test
  void anEngineThatNeverAnswersIsGivenUpWithinTheTimeout() throws IOException {
    Path data = directory.resolve("impatient");
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        StillpointServer server =
            new StillpointServer(
                LabServer.impatient(data, Duration.ofSeconds(3)), LabServer.adapters())) {
      ApiCaller api = new ApiCaller(server.apiUri(), data);
      Instant begin = Instant.now();
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/ovirt-engine/api";
      Answer answer = api.post("/sites", second(url, "p"));
      assertProblem(answer, 503, "HYPERVISOR_UNAVAILABLE", "127.0.0.1");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void anAddressThatCannotBeOneIsRefused() {
    assertProblem(it.api.post("/sites", second("engine", "p")), 400, "BAD_REQUEST", "engine");
  }

  @Test
  void anEngineBehindABrokenWebServerFailsTheRunAndTheNextOneWorks() {
    it.lab.faults().turnOn(Switch.API_503);
    Answer vms = it.api.call("GET", "/sites/lab/vms", "");
    assertProblem(vms, 503, "HYPERVISOR_UNAVAILABLE", "127.0.0.1");
    it.lab.faults().clear();
    assertThat(it.backup("web01").get("state").asText()).isEqualTo("succeeded");
  }

  @Test
  void aBackupThatTheEngineFailsIsReportedAndLeavesNothing() {
    it.lab.faults().turnOnFor(Switch.BACKUP_FAILS, 1);
    JsonNode run = it.backup("web01", "db01");
    assertThat(run.get("state").asText()).isEqualTo("failed");
    assertThat(run.get("vms").findValuesAsText("state")).contains("failed", "succeeded");
    assertThat(it.lab.leftovers()).isEmpty();
    assertThat(it.api.get("/leftovers").get("items")).isEmpty();
  }

  @Test
  void anUnknownVmOrRunOrPointOrSiteIsNamed() {
    assertProblem(
        it.api.post("/runs", "{\"site\":\"lab\",\"vms\":[\"web99\"]}"), 404, "NOT_FOUND", "web99");
    Answer run = it.api.call("GET", "/runs/nope", "");
    assertProblem(run, 404, "NOT_FOUND", "nope");
    assertThat(run.body().get("place").asText()).isEqualTo("runs");
    assertThat(run.body().get("remedy").asText())
        .as("clients other than the command line show it too")
        .doesNotContain("stillpoint ");
    assertProblem(it.api.call("GET", "/points/nope", ""), 404, "NOT_FOUND", "nope");
    assertProblem(it.api.call("GET", "/sites/nope/vms", ""), 404, "NOT_FOUND", "nope");
    assertProblem(it.api.call("GET", "/nope", ""), 404, "NOT_FOUND", "");
  }

  @Test
  void aVmThatRunsIsNotRestoredInPlace() {
    it.backup("web01");
    Answer answer =
        it.api.post(
            "/restores",
            "{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(it.newestPoint("web01")));
    assertProblem(answer, 409, "CONFLICT", "web01 is not powered off");
    assertThat(answer.body().get("remedy").asText()).contains("Shut it down");
  }

  @Test
  void aStorageWithoutRoomRefusesTheRestoreBeforeAnythingIsTouched() {
    it.backup("files01");
    it.lab.faults().turnOn(Switch.DOMAIN_FULL);
    Answer answer =
        it.api.post(
            "/restores",
            "{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(it.newestPoint("files01")));
    assertProblem(answer, 507, "OUT_OF_SPACE", "data1");
    assertThat(it.lab.leftovers()).isEmpty();
  }

  @Test
  void aCallerWithoutTheTokenIsTurnedAway() {
    assertProblem(it.api.call("GET", "/status", "", "guess"), 401, "UNAUTHENTICATED", "token");
  }

  @Test
  void aBodyThatIsNotWhatIsExpectedIsTheCallersMistake() {
    assertProblem(it.api.post("/runs", "{"), 400, "BAD_REQUEST", "JSON");
    assertProblem(it.api.post("/runs", "{\"vm\":1}"), 400, "BAD_REQUEST", "vm");
    assertProblem(it.api.post("/runs", "{\"site\":\"lab\"}"), 400, "BAD_REQUEST", "vms");
    String list = "{\"site\":\"lab\",\"vms\":%s,\"excludedDisks\":%s}";
    assertProblem(it.api.post("/runs", list.formatted("[null]", "[]")), 400, "BAD_REQUEST", "vms");
    assertProblem(
        it.api.post("/runs", list.formatted("[\"web01\"]", "[null]")),
        400,
        "BAD_REQUEST",
        "excludedDisks");
    assertProblem(it.api.call("GET", "/runs?limit=0", ""), 400, "BAD_REQUEST", "limit");
    assertProblem(
        it.api.post("/restores", "{\"point\":\"x y\",\"mode\":\"in-place\"}"),
        400,
        "BAD_REQUEST",
        "x y");
  }

  @Test
  void aManagerThatIsSetUpAnewIsTheSameSiteAndItsPointsCanBeRestored() {
    it.backup("web01");
    Answer twice = it.api.post("/sites", second(it.lab.apiUrl(), "password"));
    assertProblem(twice, 409, "CONFLICT", "as site lab");
    it.api.call("DELETE", "/sites/lab", "").require(204);
    it.api.post("/sites", second(it.lab.apiUrl(), "password")).require(201);
    String dryRun = "{\"point\":\"%s\",\"mode\":\"new-vm\",\"name\":\"copy\",\"dryRun\":true}";
    JsonNode plan =
        it.api.post("/restores", dryRun.formatted(it.newestPoint("web01"))).require(200);
    assertThat(plan.get("refusals")).isEmpty();
    JsonNode run =
        it.api.await(
            it.api.post("/runs", "{\"site\":\"second\",\"vms\":[\"web01\"]}").require(202));
    assertThat(run.get("vms").get(0).get("disks").get(0).get("mode").asText())
        .isEqualTo("incremental");
  }

  private static String second(String url, String password) {
    return LabServer.newSite(url, password).replace("\"lab\"", "\"second\"");
  }

  private static void assertProblem(Answer answer, int status, String kind, String names) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.body().get("kind").asText()).isEqualTo(kind);
    assertThat(answer.body().get("detail").asText()).containsIgnoringCase(names);
  }
}
