package dev.stillpoint.repository.nbd;

import static dev.stillpoint.repository.nbd.FakeImage.GRID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What qemu's own programs make of an export. */
class QemuTest {

  /** Ends within a chunk, but on a sector. */
  private static final int SIZE = 70 * GRID + 512 * 5;

  private static final String ODD_NAME = "web 01/disk büro?#%&:\u2603";

  private final FakeImage image = FakeImage.ofBytes(SIZE);
  private final FakeImage odd = FakeImage.ofBytes(GRID + 123);
  @TempDir Path folder;
  private NbdServer server;

  @BeforeEach
  void start() {
    Programs.need("qemu-img", "qemu-utils");
    Programs.need("qemu-io", "qemu-utils");
    server =
        NbdServer.start(
            NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            List.of(image.export("disk"), odd.export(ODD_NAME)));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    assertThat(image.closed).hasValue(image.opened.get());
    assertThat(odd.closed).hasValue(odd.opened.get());
  }

  private String url(String export) {
    String name = URLEncoder.encode(export, StandardCharsets.UTF_8).replace("+", "%20");
    return "nbd://127.0.0.1:" + server.address().getPort() + "/" + name;
  }

  private byte[] converted(String export) throws IOException {
    Path raw = folder.resolve("raw");
    Programs.run("qemu-img", "convert", "-f", "raw", "-O", "raw", url(export), raw.toString())
        .requireSuccess();
    return Files.readAllBytes(raw);
  }

  @Test
  void infoTellsTheSize() throws IOException {
    String json =
        Programs.run("qemu-img", "info", "--output=json", url("disk")).requireSuccess().output();
    assertThat(new ObjectMapper().readTree(json).get("virtual-size").asLong()).isEqualTo(SIZE);
  }

  @Test
  void convertGivesEveryByte() throws IOException {
    assertThat(converted("disk")).isEqualTo(image.content);
  }

  @Test
  void aSizeThatIsNoMultipleOfASectorIsFilledUpByTheClient() throws IOException {
    assertThat(converted(ODD_NAME)).startsWith(odd.content);
  }

  @Test
  void mapShowsHolesAsHoles() throws IOException {
    String json =
        Programs.run("qemu-img", "map", "-f", "raw", "--output=json", url("disk"))
            .requireSuccess()
            .output();
    long at = 0;
    for (JsonNode extent : new ObjectMapper().readTree(json)) {
      boolean hole = (at / GRID) % 3 == 1;
      assertThat(extent.get("start").asLong()).isEqualTo(at);
      assertThat(extent.get("data").asBoolean()).as("%s", extent).isEqualTo(!hole);
      assertThat(extent.get("zero").asBoolean()).as("%s", extent).isEqualTo(hole);
      at += extent.get("length").asLong();
    }
    assertThat(at).isEqualTo(SIZE);
  }

  @Test
  void theConvertedFileIsAsSparseAsTheBackup() throws IOException {
    Path qcow = folder.resolve("qcow2");
    Programs.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", url("disk"), qcow.toString())
        .requireSuccess();
    Programs.Result compared =
        Programs.run("qemu-img", "compare", "-f", "raw", url("disk"), qcow.toString());
    assertThat(compared.output()).contains("Images are identical");
  }

  @Test
  void readsAtOddOffsetsGiveWhatLiesThere() throws IOException {
    for (int[] range : new int[][] {{1, 1}, {GRID - 3, 7}, {2 * GRID - 1, GRID + 2}}) {
      String command = "read -v %d %d".formatted(range[0], range[1]);
      String output =
          Programs.run("qemu-io", "-r", "-f", "raw", "-c", command, url("disk"))
              .requireSuccess()
              .output();
      StringBuilder hex = new StringBuilder();
      output
          .lines()
          .filter(line -> line.matches("[0-9a-f]{8}: .*"))
          .forEach(line -> hex.append(line.substring(11).split("  ", 2)[0].replace(" ", "")));
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < range[1]; i++) {
        expected.append("%02x".formatted(image.content[range[0] + i]));
      }
      assertThat(hex.toString()).isEqualTo(expected.toString());
    }
  }

  @Test
  void writesAreRefused() {
    Programs.Result result = Programs.run("qemu-io", "-f", "raw", "-c", "write 0 512", url("disk"));
    assertThat(result.output()).contains("Permission denied");
    assertThat(result.exitCode()).isNotZero();
  }

  @Test
  void damageIsTheClientsErrorAndNoWrongByteIsGiven() {
    image.damagedAt = 5 * GRID;
    Programs.Result result =
        Programs.run(
            "qemu-img", "convert", "-O", "raw", url("disk"), folder.resolve("raw").toString());
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("Input/output error");
  }
}
