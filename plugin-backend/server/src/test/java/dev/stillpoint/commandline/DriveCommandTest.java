package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code stillpoint drive} and what is new of {@code stillpoint leftovers}. */
class DriveCommandTest extends CommandLineTest {

  private static final String PATH = "/sites/s-1/vms/web%2001/drive";
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String FULL =
      """
      {"running":true,"now":{"reference":"d-1","name":"a.iso","ours":true},"before":{"now":{"reference":"w.iso","name":"w.iso","ours":false}},"brought":true}""";

  @Test
  void showsWhatIsInTheDriveAndWhatWasThereBefore() {
    server.on("GET " + PATH, 200, FULL);
    assertThat(terminal.run("drive", "show", "--vm", "web 01")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .containsPattern("now +a\\.iso +yes +w\\.iso")
        .containsPattern("next start +\\(empty\\)");
  }

  @Test
  void sendsTheFileWithItsSum() throws IOException {
    Path iso = Files.writeString(directory.resolve("tools 1.iso"), "abc", UTF_8);
    String call = "PUT " + PATH + "?name=tools%201.iso&sha256=" + SHA256_OF_ABC + "&when=now";
    server.on(call, 200, FULL);
    assertThat(
            terminal.run(
                "drive", "insert", "--vm", "web 01", "--iso", iso.toString(), "--when", "now"))
        .as(terminal.err())
        .isZero();
    assertThat(server.lastBody()).isEqualTo("abc");
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThat(terminal.run("drive", "insert", "--vm", "v", "--iso", "/no/such.iso"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("/no/such.iso");
  }

  @Test
  void ejectsAndPutsBack() {
    server.on("DELETE " + PATH + "?when=fits&putBack=true", 200, "{\"running\":true}");
    assertThat(terminal.run("drive", "eject", "--vm", "web 01", "--put-back")).isZero();
    server.refusing("DELETE " + PATH + "?when=fits", 409, "CONFLICT");
    assertThat(terminal.run("drive", "eject", "--vm", "web 01")).isEqualTo(ExitCode.CONFLICT);
  }

  @Test
  void listsWhatOthersLeft() {
    server.on(
        "GET /leftovers?others=true",
        200,
        """
        {"items":[],"others":[{"site":"s-1","kind":"snapshot","reference":"x-1","name":"Auto","vmName":"web01","state":"ok","since":"2026-11-21T05:30:00Z","bytes":1024}],"problems":[{"kind":"X","detail":"Site b is away","remedy":"Wait"}]}""");
    assertThat(terminal.run("leftovers", "--others")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("Nothing of Stillpoint's")
        .containsPattern("snapshot Auto +web01 +ok +1.0 KiB +2026-11-21 06:30:00 \\+01:00 +x-1")
        .contains("Site b is away");
  }

  @Test
  void clearsAndTellsWhatIsLeft() {
    server.on("POST /leftovers/clear", 200, "{\"before\":2,\"left\":0,\"problems\":[]}");
    assertThat(terminal.run("leftovers", "clear")).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("2 released, 0 left");
    server.on(
        "POST /leftovers/clear",
        200,
        "{\"before\":2,\"left\":1,\"problems\":[{\"detail\":\"locked\",\"remedy\":\"Wait\"}]}");
    terminal.run("leftovers", "clear");
    assertThat(terminal.run("leftovers", "clear")).isEqualTo(ExitCode.CONFLICT);
    assertThat(terminal.out()).contains("locked");
  }
}
