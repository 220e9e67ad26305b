package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of VMs as consoles ask for it, and what of the answers travels compressed. */
class VmListTest {

  private static final String VMS = "/sites/lab/protection";

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

  private List<String> names(String query) {
    return it.api.get(VMS + query).findValuesAsText("name");
  }

  @Test
  void comesPageByPageInTheOrderAskedFor() {
    JsonNode first = it.api.get(VMS + "?limit=2");
    assertThat(first.findValuesAsText("name")).containsExactly("büro test", "db01");
    assertThat(first.get("total").asInt()).isEqualTo(5);
    JsonNode second = it.api.get(VMS + "?limit=3&after=" + first.get("next").asText());
    assertThat(second.findValuesAsText("name")).containsExactly("files01", "legacy01", "web01");
    assertThat(second.has("next")).isFalse();
    it.backup("files01");
    assertThat(names("?sort=-points&limit=1")).containsExactly("files01");
    assertThat(names("?sort=-own&limit=1")).containsExactly("files01");
  }

  @Test
  void isFilteredByNameStateAndVm() {
    it.backup("web01");
    String files = it.lab.vmId("files01").toString();
    assertThat(names("?name=BURO")).containsExactly("büro test");
    assertThat(names("?name=01&sort=-name"))
        .containsExactly("web01", "legacy01", "files01", "db01");
    assertThat(names("?state=unprotected&state=gone")).hasSize(5);
    assertThat(names("?state=protected")).isEmpty();
    assertThat(names("?withPoints=true")).containsExactly("web01");
    assertThat(names("?vm=" + files + "&vm=none")).containsExactly("files01");
    assertThat(it.api.get(VMS + "?name=01&limit=1").get("total").asInt()).isEqualTo(4);
    it.api.call("GET", VMS + "?state=odd", "").require(400);
    it.api.call("GET", VMS + "?sort=colour", "").require(400);
    assertThat(it.api.get(VMS + "/" + files).get("cluster").asText()).isEqualTo("Default");
    it.api.call("GET", VMS + "/none", "").require(404);
  }

  private HttpResponse<InputStream> compressed(String path, String... headers)
      throws IOException, InterruptedException {
    var request = it.api.request(path).header("Accept-Encoding", "gzip");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoCanReadIt() throws IOException, InterruptedException {
    HttpResponse<InputStream> large = compressed("/openapi.json");
    assertThat(large.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] body = large.body().readAllBytes();
    JsonNode plain = it.api.get("/openapi.json");
    assertThat(new ObjectMapper().readTree(new GZIPInputStream(new ByteArrayInputStream(body))))
        .isEqualTo(plain);
    assertThat(body.length).isLessThan(plain.toString().length() / 3);
    assertThat(compressed("/status").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void eventsAndImagesTravelAsTheyAre() throws IOException, InterruptedException {
    it.backup("web01");
    HttpResponse<InputStream> events = compressed("/events");
    assertThat(events.headers().firstValue("Content-Encoding")).isEmpty();
    try (InputStream stream = events.body()) {
      assertThat(stream.read()).as("the first event is not held back").isNotNegative();
    }
    String point = it.newestPoint("web01");
    String disk = it.api.get("/points/" + point).get("disks").get(0).get("disk").asText();
    HttpResponse<InputStream> image =
        compressed("/points/" + point + "/disks/" + disk + "/content", "Range", "bytes=0-99999");
    assertThat(image.statusCode()).isEqualTo(206);
    assertThat(image.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(image.body().readAllBytes()).hasSize(100_000);
  }
}
