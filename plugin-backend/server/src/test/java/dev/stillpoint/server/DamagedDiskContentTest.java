package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flipped bit on the repository's disk, met by a download. */
class DamagedDiskContentTest {

  private static final int GRID = 64 * 1024;

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private LabServer it;
  private String path;
  private long size;

  @BeforeEach
  void backUp() {
    it = new LabServer(directory);
    JsonNode task = it.backup("files01").get("vms").get(0);
    JsonNode disk = task.get("disks").get(0);
    String id = disk.get("disk").asText();
    path = "/points/" + task.get("point").asText() + "/disks/" + id + "/content";
    size = disk.get("bytesVirtual").asLong();
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private HttpRequest request(String range) {
    return it.api.request(path).header("Range", range).build();
  }

  private HttpResponse<byte[]> get(String range) throws Exception {
    return http.send(request(range), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void damageInMidStreamBreaksTheAnswerOff() throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("data/repository/packs"))) {
      Path pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] content = Files.readAllBytes(pack);
      content[content.length * 4 / 5] ^= 1;
      Files.write(pack, content);
    }
    long firstBad = size;
    for (long at = 0; at < size && firstBad == size; at += GRID) {
      HttpResponse<byte[]> chunk = get("bytes=" + at + "-" + at);
      if (chunk.statusCode() != 206) {
        assertThat(chunk.statusCode()).as("known before anything is sent").isEqualTo(500);
        assertThat(new ObjectMapper().readTree(chunk.body()).get("kind").asText())
            .isEqualTo("CORRUPT_DATA");
        firstBad = at;
      }
    }
    assertThat(firstBad).as("the flipped bit is found").isLessThan(size);
    long start = Math.max(0, firstBad - (3 << 20));
    HttpResponse<InputStream> broken =
        http.send(request("bytes=" + start + "-"), HttpResponse.BodyHandlers.ofInputStream());
    if (firstBad - start < 1 << 20) {
      assertThat(broken.statusCode()).isEqualTo(500);
    } else {
      assertThat(broken.statusCode()).isEqualTo(206);
      assertThatThrownBy(() -> broken.body().readAllBytes()).isInstanceOf(IOException.class);
    }
    assertThat(get("bytes=0-0").statusCode()).as("others are served").isEqualTo(206);
  }
}
