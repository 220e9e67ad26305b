package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks of restore points over HTTP, whole and in parts. */
class DiskContentTest {

  @TempDir static Path directory;
  private static LabServer it;
  private static JsonNode task;
  private static String path;
  private static long size;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void backUp() {
    it = new LabServer(directory);
    task = it.backup("büro test").get("vms").get(0);
    JsonNode disk = task.get("disks").get(0);
    path = "/points/" + task.get("point").asText() + "/disks/" + disk.get("disk").asText();
    size = disk.get("bytesVirtual").asLong();
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private HttpResponse<byte[]> send(String method, String of, String... headers) throws Exception {
    HttpRequest.Builder request =
        it.api.request(of).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String... headers) throws Exception {
    return send("GET", path + "/content", headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void theWholeDiskIsWhatTheLabHadAtTheBackup() throws Exception {
    HttpResponse<byte[]> answer = get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(Math.toIntExact(size));
    String disk = task.get("disks").get(0).get("disk").asText();
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(answer.body());
    assertThat(HexFormat.of().formatHex(sum))
        .isEqualTo(it.lab.sha256AtBackup(task.get("snapshot").asText(), disk));
    assertThat(header(answer, "Content-Length")).isEqualTo(Long.toString(size));
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(answer, "Content-Disposition"))
        .startsWith("attachment; filename=\"b_ro test ")
        .contains("filename*=UTF-8''b%C3%BCro%20test%20")
        .endsWith(".raw");
  }

  @Test
  void partsAreWhatLiesThere() throws Exception {
    byte[] whole = get().body();
    for (String range : List.of("0-0", "65535-65536", "1000000-1999999", "-5", size - 7 + "-")) {
      HttpResponse<byte[]> part = get("Range", "bytes=" + range);
      assertThat(part.statusCode()).as(range).isEqualTo(206);
      String told = header(part, "Content-Range");
      assertThat(told).startsWith("bytes ").endsWith("/" + size);
      int start = Integer.parseInt(told.substring(6, told.indexOf('-')));
      int end = start + part.body().length;
      assertThat(told).contains("-" + (end - 1) + "/");
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, start, end));
      assertThat(header(part, "Content-Length")).isEqualTo(Integer.toString(end - start));
    }
    assertThat(get("Range", "bytes=-5").body()).hasSize(5);
  }

  @Test
  void whatIsBeyondTheEndOrSeveralRangesIsRefused() throws Exception {
    for (String range : List.of("bytes=" + size + "-", "bytes=0-1,5-6", "bytes=5-4")) {
      HttpResponse<byte[]> answer = get("Range", range);
      assertThat(answer.statusCode()).as(range).isEqualTo(416);
      assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + size);
      JsonNode problem = new ObjectMapper().readTree(answer.body());
      assertThat(problem.get("kind").asText()).isEqualTo("BAD_REQUEST");
    }
  }

  @Test
  void theHeadTellsTheLengthAndSendsNothing() throws Exception {
    HttpResponse<byte[]> head = send("HEAD", path + "/content", "Range", "bytes=0-1");
    assertThat(head.statusCode()).as("a range is for GET only").isEqualTo(200);
    assertThat(header(head, "Content-Length")).isEqualTo(Long.toString(size));
    assertThat(header(head, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aPartIsContinuedOnlyWhenTheContentIsTheSame() throws Exception {
    String tag = header(send("HEAD", path + "/content"), "ETag");
    assertThat(tag).matches("\"[0-9a-f]{64}-" + size + "\"");
    assertThat(get("Range", "bytes=0-9", "If-Range", tag).statusCode()).isEqualTo(206);
    for (String other : List.of("\"x\"", "W/" + tag, "Sat, 21 Nov 2026 05:30:00 GMT")) {
      assertThat(get("Range", "bytes=0-9", "If-Range", other).statusCode()).isEqualTo(200);
    }
    assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(send("HEAD", path + "/content", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("If-Match", "\"x\"").statusCode()).isEqualTo(412);
  }

  @Test
  void aDiskIsFoundByItsNameToo() throws Exception {
    JsonNode disk = it.api.get("/points/" + task.get("point").asText()).get("disks").get(0);
    String name = URLEncoder.encode(disk.get("name").asText(), UTF_8).replace("+", "%20");
    String byName = "/points/" + task.get("point").asText() + "/disks/" + name + "/content";
    assertThat(send("GET", byName, "Range", "bytes=0-9").body())
        .isEqualTo(get("Range", "bytes=0-9").body());
  }

  @Test
  void unknownPointsAndDisksAreNamed() throws Exception {
    for (String unknown : List.of("/points/nope/disks/x/content", path + "nope/content")) {
      HttpResponse<byte[]> answer = send("GET", unknown);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(new ObjectMapper().readTree(answer.body()).get("detail").asText())
          .contains("nope");
      assertThat(send("HEAD", unknown).statusCode()).isEqualTo(404);
    }
    HttpRequest stranger =
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + path + "/content")).build();
    assertThat(http.send(stranger, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void extentsSayWhereTheDataAre() throws Exception {
    byte[] whole = get().body();
    List<JsonNode> extents = new ArrayList<>();
    String next = "0";
    while (!next.isEmpty()) {
      JsonNode page = it.api.get(path + "/extents?limit=3&start=" + next);
      assertThat(page.get("items").size()).isLessThanOrEqualTo(3);
      page.get("items").forEach(extents::add);
      next = page.path("next").asText();
    }
    byte[] expected = new byte[whole.length];
    for (JsonNode extent : extents) {
      int start = extent.get("start").asInt();
      System.arraycopy(whole, start, expected, start, extent.get("length").asInt());
    }
    assertThat(expected).as("all the rest is zeroes").isEqualTo(whole);
    assertThat(extents).isNotEmpty();
    assertThat(it.api.call("GET", path + "/extents?limit=0", "").status()).isEqualTo(400);
  }
}
