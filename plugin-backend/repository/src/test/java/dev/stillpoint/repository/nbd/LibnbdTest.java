package dev.stillpoint.repository.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What libnbd's programs, the strictest clients there are, make of an export. */
class LibnbdTest {

  private final FakeImage image = FakeImage.ofBytes(100 * FakeImage.GRID + 77);
  @TempDir Path folder;
  private NbdServer server;

  @BeforeEach
  void start() {
    Programs.need("nbdinfo", "libnbd-bin");
    Programs.need("nbdcopy", "libnbd-bin");
    server =
        NbdServer.start(
            NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            List.of(new NbdExport("p1/disk ☃", "web01, yesterday", image::open)));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    assertThat(image.closed).hasValue(image.opened.get());
  }

  private String url() {
    return "nbd://127.0.0.1:" + server.address().getPort() + "/";
  }

  @Test
  void infoShowsWhatIsOffered() throws IOException {
    String json = Programs.run("nbdinfo", "--json", "--list", url()).requireSuccess().output();
    JsonNode info = new ObjectMapper().readTree(json);
    assertThat(info.get("protocol").asText()).isEqualTo("newstyle-fixed");
    assertThat(info.get("structured").asBoolean()).isTrue();
    JsonNode export = info.get("exports").get(0);
    assertThat(export.get("export-name").asText()).isEqualTo("p1/disk ☃");
    assertThat(export.get("description").asText()).isEqualTo("web01, yesterday");
    assertThat(export.get("export-size").asLong()).isEqualTo(image.content.length);
    assertThat(export.get("is_read_only").asBoolean()).isTrue();
    assertThat(export.get("can_multi_conn").asBoolean()).isTrue();
    assertThat(export.get("can_df").asBoolean()).isTrue();
    assertThat(export.get("can_flush").asBoolean()).isTrue();
    assertThat(export.get("can_trim").asBoolean()).isFalse();
    assertThat(export.get("contexts").get(0).asText()).isEqualTo("base:allocation");
  }

  @Test
  void totalsOfTheMapAreRight() throws IOException {
    String output =
        Programs.run("nbdinfo", "--map", "--totals", "--json", url()).requireSuccess().output();
    long holes = 0;
    for (JsonNode kind : new ObjectMapper().readTree(output)) {
      holes += kind.get("type").asInt() == 3 ? kind.get("size").asLong() : 0;
    }
    assertThat(holes).isEqualTo(33L * FakeImage.GRID + 77);
  }

  @Test
  void copyOverSeveralConnectionsGivesEveryByte() throws IOException {
    Path raw = folder.resolve("raw");
    Programs.run("nbdcopy", "--connections=4", "--requests=32", url(), raw.toString())
        .requireSuccess();
    assertThat(Files.readAllBytes(raw)).isEqualTo(image.content);
  }

  @Test
  void damageIsTheClientsError() {
    image.damagedAt = 5 * FakeImage.GRID;
    Programs.Result result = Programs.run("nbdcopy", url(), folder.resolve("raw").toString());
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).containsIgnoringCase("Input/output error");
  }
}
