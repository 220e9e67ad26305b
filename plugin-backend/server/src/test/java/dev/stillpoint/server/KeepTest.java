package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeping, deleting, collecting and counting, through the API of the server as it is shipped. */
class KeepTest {

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

  private static String policy(String more) {
    return "{\"name\":\"nightly\",\"site\":\"lab\",\"vms\":[\"web01\",\"files01\"]" + more + "}";
  }

  private JsonNode run() {
    return it.api.await(it.api.post("/policies/nightly/runs", "").require(202));
  }

  @Test
  void aPolicySaysHowLongItsPointsAreKept() {
    JsonNode standard = it.api.post("/policies", policy("")).require(201);
    assertThat(standard.get("retention").get("keep").get("daily").asText()).isEqualTo("30d");
    String wanted =
        ",\"retention\":{\"keep\":{\"manual\":\"7d\"},\"keepLast\":2,\"zone\":\"Asia/Tokyo\"}";
    it.api.call("PUT", "/policies/nightly", policy(wanted)).require(200);
    // What is not said stays.
    JsonNode kept = it.api.call("PUT", "/policies/nightly", policy("")).require(200);
    assertThat(kept.get("retention").get("keep").get("manual").asText()).isEqualTo("7d");
    assertThat(kept.get("retention").get("keepLast").asInt()).isEqualTo(2);

    Instant started = Instant.parse(run().get("started").asText());
    JsonNode point = it.api.get("/points/" + it.newestPoint("web01"));
    assertThat(Instant.parse(point.get("expires").asText()))
        .isEqualTo(started.plus(Duration.ofDays(7)));
    JsonNode plan = it.api.get("/policies/nightly/retention");
    assertThat(plan.get("expiring").asInt()).isZero();
    assertThat(plan.get("items")).hasSize(2);
    JsonNode later =
        it.api.get("/policies/nightly/retention?at=" + started.plus(Duration.ofDays(9)));
    assertThat(later.get("items").get(0).get("reason").asText())
        .isEqualTo("the newest good point that policy nightly has of it");
  }

  @Test
  void whatCannotBeIsRefused() {
    for (String wrong :
        new String[] {
          "{\"keep\":{\"hourly\":\"7d\"}}",
          "{\"keep\":{\"daily\":\"7 days\"}}",
          "{\"keepLast\":-1}",
          "{\"zone\":\"Mars/Base\"}"
        }) {
      it.api.post("/policies", policy(",\"retention\":" + wrong)).require(400);
    }
    it.api.post("/points/deletions", "{\"points\":[]}").require(400);
    it.api.post("/points/deletions", "{\"points\":[\"never-there\"]}").require(404);
    it.api.call("GET", "/metering?month=April", "").require(400);
    it.api.call("GET", "/policies/none/retention", "").require(404);
  }

  @Test
  void deletesChosenPointsAllOrNone() {
    it.api.post("/policies", policy("")).require(201);
    run();
    String web = it.newestPoint("web01");
    String files = it.newestPoint("files01");
    String both = "{\"points\":[\"%s\",\"%s\"],\"dryRun\":%s}";
    JsonNode said = it.api.post("/points/deletions", both.formatted(web, files, true)).require(200);
    assertThat(said.get("deleted").asBoolean()).isFalse();
    assertThat(said.get("bytesFreed").asLong()).isPositive();
    it.api.post("/points/deletions", both.formatted(web, "never-there", false)).require(404);
    assertThat(it.api.get("/points").get("items")).hasSize(2);

    it.api.post("/points/deletions", both.formatted(web, files, false)).require(200);

    assertThat(it.api.get("/points").get("items")).isEmpty();
    JsonNode collection = collected();
    assertThat(collection.get("last").get("figures").get("dryRun").asBoolean()).isFalse();
    assertThat(collection.has("asOf")).isTrue();
    // The checkpoints went with the points: the next backup is full, and says why.
    JsonNode disk = run().get("vms").get(0).get("disks").get(0);
    assertThat(disk.get("mode").asText()).isEqualTo("full");
  }

  private JsonNode collected() {
    JsonNode state = it.api.post("/repository/collection", "{}").require(202);
    while (state.has("running")) {
      ApiCaller.pause();
      state = it.api.get("/repository/collection");
    }
    return state;
  }

  @Test
  void holdsAreRefusedByDefault() {
    it.backup("web01");
    JsonNode refused =
        it.api
            .call("PUT", "/holds/" + it.newestPoint("web01"), "{\"reason\":\"a lawsuit\"}")
            .require(409);
    assertThat(refused.get("remedy").asText()).contains("retention.holds-allowed");
    assertThat(it.api.get("/holds").get("items")).isEmpty();
  }

  @Test
  void tellsWhichVmsAreProtectedAndWhatTheyTake() {
    it.api.post("/policies", policy("")).require(201);
    assertThat(stateOf("web01")).isEqualTo("waiting");
    run();
    assertThat(stateOf("web01")).isEqualTo("protected");
    assertThat(stateOf("db01")).isEqualTo("unprotected");
    JsonNode overview = it.api.get("/overview");
    assertThat(overview.get("sites").get(0).get("vms").get("safe").asInt()).isEqualTo(2);
    assertThat(overview.get("largest")).hasSize(2);
    assertThat(overview.get("forecast").has("fullOn")).isFalse();
  }

  private String stateOf(String name) {
    for (JsonNode vm : it.api.get("/sites/lab/protection").get("items")) {
      if (vm.get("name").asText().equals(name)) {
        return vm.get("state").asText();
      }
    }
    throw new AssertionError("There is no VM " + name);
  }

  @Test
  void metersWhatIsKeptAsJsonAndAsATable() throws IOException, InterruptedException {
    it.api.post("/policies", policy("")).require(201);
    run();
    JsonNode line = it.api.get("/metering?zone=Asia/Tokyo").get("items").get(0);
    assertThat(line.get("hours").asLong()).isEqualTo(1);
    assertThat(line.get("policyName").asText()).isEqualTo("nightly");
    HttpResponse<String> csv =
        HttpClient.newHttpClient()
            .send(
                it.api.request("/metering").header("Accept", "text/csv").build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.body().lines()).hasSize(3);
    assertThat(csv.body()).startsWith("month,zone,site,vm,vm_name,policy").contains(",web01,");
  }
}
