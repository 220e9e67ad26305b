package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
  @TempDir Path dir;

  private final ObjectMapper json = new ObjectMapper();
  private LabEngine lab;
  private ApiClient http;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(LabConfig.inDirectory(dir));
    http = ApiClient.of(lab);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void thePageSaysWhatTheLabIsAndWhatIsInIt() {
    String page = http.send(http.request("/lab/")).body();
    assertThat(page).contains("not</strong> an oVirt engine").contains("büro test");
  }

  @Test
  void aBurstChangesTheSumOfADiskOfThatVmOnly() throws IOException {
    String web = lab.diskIds(lab.vmId("web01")).get(0);
    String files = lab.diskIds(lab.vmId("files01")).get(0);
    String webBefore = sum(web);
    String filesBefore = sum(files);
    assertThat(change("POST", "/lab/vms/" + lab.vmId("web01") + "/burst", "{\"bytes\":100000}"))
        .isEqualTo(200);
    assertThat(sum(web)).isNotEqualTo(webBefore).isEqualTo(lab.sha256Now(web));
    assertThat(sum(files)).isEqualTo(filesBefore);
    assertThat(look("/lab/state").get("disks").get(0).get("writtenBytes").asLong())
        .isEqualTo(100_000);
  }

  @Test
  void aGuestThatIsDownCannotWrite() {
    String files = lab.vmId("files01");
    assertThat(change("POST", "/lab/vms/" + files + "/burst", "{}")).isEqualTo(409);
    assertThat(change("POST", "/lab/vms/" + files + "/power", "{\"up\":true}")).isEqualTo(200);
    assertThat(change("POST", "/lab/vms/" + files + "/burst", "{}")).isEqualTo(200);
  }

  @Test
  void guestsWriteWhenToldTo() throws Exception {
    String web = lab.diskIds(lab.vmId("web01")).get(0);
    change("POST", "/lab/guests", "{\"writing\":true}");
    assertThat(look("/lab/state").get("guests").get("writing").asBoolean()).isTrue();
    String before = sum(web);
    for (int i = 0; i < 600 && sum(web).equals(before); i++) {
      Thread.sleep(100);
    }
    assertThat(sum(web)).isNotEqualTo(before);
    change("POST", "/lab/guests", "{\"writing\":false}");
    String paused = sum(web);
    Thread.sleep(400);
    assertThat(sum(web)).isEqualTo(paused);
  }

  @Test
  void faultsAreSwitchedOverHttp() throws IOException {
    assertThat(change("PUT", "/lab/faults", "{\"api503\":{\"hits\":1}}")).isEqualTo(200);
    assertThat(http.call("GET", "/vms", "").statusCode()).isEqualTo(503);
    assertThat(http.call("GET", "/vms", "").statusCode()).isEqualTo(200);
    change("PUT", "/lab/faults", "{\"domainFull\":true}");
    assertThat(look("/lab/faults").get("domainFull").asBoolean()).isTrue();
    change("PUT", "/lab/faults", "{\"domainFull\":false}");
    assertThat(look("/lab/faults").get("domainFull").asBoolean()).isFalse();
    assertThat(change("PUT", "/lab/faults", "{\"nonsense\":true}")).isEqualTo(404);
    assertThat(change("PUT", "/lab/faults", "{")).isEqualTo(400);
  }

  @Test
  void tokensAreExpiredOverHttp() {
    change("POST", "/lab/tokens/expire", "{}");
    assertThat(http.call("GET", "/vms", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aPageOfAnotherSiteCannotChangeTheLab() {
    HttpResponse<String> answer =
        http.send(http.request("/lab/guests").POST(BodyPublishers.ofString("{\"writing\":true}")));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(lab.guests().isWriting()).isFalse();
  }

  @Test
  void unknownThingsAreNotFound() {
    assertThat(http.send(http.request("/lab/disks/x/sha256")).statusCode()).isEqualTo(404);
    assertThat(http.send(http.request("/lab/backups/x/disks/y/sha256")).statusCode())
        .isEqualTo(404);
    assertThat(http.send(http.request("/lab/nothing")).statusCode()).isEqualTo(404);
  }

  private String sum(String disk) throws IOException {
    return look("/lab/disks/" + disk + "/sha256").get("sha256").asText();
  }

  private JsonNode look(String path) throws IOException {
    return json.readTree(http.send(http.request(path)).body());
  }

  private int change(String method, String path, String body) {
    return http.send(
            http.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)))
        .statusCode();
  }
}
