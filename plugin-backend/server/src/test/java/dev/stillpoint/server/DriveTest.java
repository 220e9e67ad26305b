package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CD drives and what people see in the engine, through the API, the real adapter and the lab. */
class DriveTest {

  private static final String DRIVE = "/sites/lab/vms/%s/drive";

  @TempDir Path directory;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final byte[] iso = new byte[9_000_001];
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory);
    new Random(7).nextBytes(iso);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void anImageIsBroughtOnceSeenByTwoVmsAndDeletedAfterTheLast() throws IOException {
    JsonNode first = put("web01", "Tools 1.0.iso", sha256(iso), 200);
    assertThat(first.get("brought").asBoolean()).isTrue();
    assertThat(first.get("now").get("name").asText()).isEqualTo("Tools-1.0.iso");
    assertThat(first.get("now").get("ours").asBoolean()).isTrue();
    assertThat(first.get("nextStart")).isEqualTo(first.get("now"));
    String disk = first.get("now").get("reference").asText();
    // The engine's disk is whole blocks, the rest of the last one is zero.
    assertThat(it.lab.sha256Now(disk)).isEqualTo(sha256(Arrays.copyOf(iso, 9_000_448)));

    JsonNode second = put("db01", "same.iso", sha256(iso), 200);
    assertThat(second.get("brought").asBoolean()).isFalse();
    assertThat(second.get("now").get("reference").asText()).isEqualTo(disk);
    assertThat(it.lab.leftovers()).isEmpty();
    assertThat(it.api.get("/leftovers").get("items")).as("in use is not left over").isEmpty();
    assertThat(it.api.get("/status").get("leftovers").asInt()).isZero();

    delete("web01", 200);
    assertThat(it.api.get(DRIVE.formatted("db01")).get("now").get("reference").asText())
        .isEqualTo(disk);
    JsonNode last = delete("db01", 200);
    assertThat(last.has("now")).isFalse();
    assertThat(labGet("/disks").toString()).doesNotContain(disk);
  }

  @Test
  void aGuestThatHoldsTheTrayIsToldOf() throws IOException {
    put("web01", "a.iso", "", 200);
    it.lab.faults().turnOn(Switch.TRAY_LOCKED);
    JsonNode held = delete("web01", 409);
    assertThat(held.get("detail").asText()).contains("web01").contains("holds the tray");
    it.lab.faults().clear();
    delete("web01", 200);
  }

  @Test
  void whatCannotBeIsRefusedWithAReason() throws IOException {
    assertThat(put("files01", "a.iso", "", 200).has("now")).as("it is off").isFalse();
    assertThat(put("files01", "a.iso", "&when=now", 409).get("remedy").asText())
        .contains("next start");
    put("web99", "a.iso", "", 404);
    put("web01", "a.iso", "&when=tomorrow", 400);
    put("web01", " ", "", 400);
    put("web01", "a.iso", "0".repeat(64), 400);
    it.lab.faults().turnOn(Switch.DOMAIN_FULL);
    assertThat(put("web01", "a.iso", "", 507).get("detail").asText()).contains("data1");
    it.lab.faults().clear();
    assertThat(it.lab.leftovers()).isEmpty();
  }

  @Test
  void aRunIsSeenInTheEnginesEventsAndTasks() throws IOException {
    JsonNode run = it.backup("web01");
    JsonNode events = eventually("/events?search=origin%3DStillpoint", "event");
    assertThat(events).hasSize(1);
    JsonNode event = events.get(0);
    assertThat(event.get("severity").asText()).isEqualTo("normal");
    assertThat(event.get("vm").get("name").asText()).isEqualTo("web01");
    assertThat(event.get("description").asText())
        .contains("backup of VM web01 succeeded")
        .contains(run.get("id").asText());
    JsonNode job = labGet("/jobs").get("job").get(0);
    assertThat(job.get("status").asText()).isEqualTo("finished");
    JsonNode steps = labGet("/jobs/" + job.get("id").asText() + "/steps").get("step");
    assertThat(steps).hasSameSizeAs(run.get("vms").get(0).get("disks"));
    assertThat(steps.get(0).get("status").asText()).isEqualTo("finished");
    assertThat(it.lab.leftovers()).isEmpty();
  }

  @Test
  void anEngineThatTakesNoEventsGetsItsBackupsAllTheSame() {
    it.lab.faults().turnOn(Switch.ACTIVITY_REFUSED);
    assertThat(it.backup("web01").get("state").asText()).isEqualTo("succeeded");
  }

  @Test
  void whatOthersLeftIsListedAndOursIsNot() {
    it.backup("web01");
    JsonNode listed = it.api.get("/leftovers?others=true");
    assertThat(listed.get("items")).isEmpty();
    assertThat(listed.get("others")).as("our checkpoint is not a leftover").isEmpty();
    assertThat(listed.get("problems")).isEmpty();
    it.lab.faults().turnOn(Switch.API_503);
    assertThat(it.api.get("/leftovers?others=true").get("problems")).hasSize(1);
    it.lab.faults().clear();
    JsonNode cleared = it.api.post("/leftovers/clear", "").require(200);
    assertThat(cleared.get("left").asInt()).isZero();
  }

  private JsonNode put(String vm, String name, String sha256OrQuery, int status)
      throws IOException {
    String query = sha256OrQuery.startsWith("&") ? sha256OrQuery : "&sha256=" + sha256OrQuery;
    HttpRequest request =
        it.api
            .request(DRIVE.formatted(vm) + "?name=" + URLEncoder.encode(name, UTF_8) + query)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(iso))
            .build();
    return answer(request, status);
  }

  private JsonNode delete(String vm, int status) throws IOException {
    return answer(it.api.request(DRIVE.formatted(vm)).DELETE().build(), status);
  }

  private JsonNode labGet(String path) throws IOException {
    String basic = Base64.getEncoder().encodeToString("admin@internal:password".getBytes(UTF_8));
    return answer(
        HttpRequest.newBuilder(URI.create(it.lab.apiUrl() + path))
            .header("Authorization", "Basic " + basic)
            .header("Accept", "application/json")
            .build(),
        200);
  }

  /** What is told to the engine comes a moment after the run has ended. */
  private JsonNode eventually(String path, String list) throws IOException {
    JsonNode found = labGet(path);
    for (int i = 0; i < 3000 && !found.has(list); i++) {
      ApiCaller.pause();
      found = labGet(path);
    }
    return found.get(list);
  }

  private JsonNode answer(HttpRequest request, int status) throws IOException {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return new ObjectMapper().readTree(answer.body());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
