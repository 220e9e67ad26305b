package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

  @TempDir private Path directory;
  private FakeServer server;
  private Terminal terminal;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    terminal = new Terminal(directory, server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST,400,2",
    "UNAUTHENTICATED,502,5",
    "PERMISSION,403,5",
    "NOT_FOUND,404,3",
    "CONFLICT,409,4",
    "HYPERVISOR_REFUSED,502,6",
    "HYPERVISOR_UNAVAILABLE,503,6",
    "STORAGE_UNAVAILABLE,503,6",
    "OUT_OF_SPACE,507,7",
    "CORRUPT_DATA,500,9",
    "CANCELLED,500,1",
    "INTERNAL,500,10",
    "NEWER_THAN_US,409,4"
  })
  void endsWithTheCodeOfTheProblem(String kind, int status, int code) {
    server.refusing("GET /sites", status, kind);
    assertThat(terminal.run("sites", "list", "--json")).isEqualTo(code);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err().lines())
        .containsExactly("stillpoint: It is " + kind, "Do something about it.");
  }

  @ParameterizedTest
  @EnumSource
  void namesItsCommandForEachPlace(Place place) {
    server.on(
        "GET /sites",
        404,
        """
        {"kind":"NOT_FOUND","detail":"It is not there","remedy":"Look for it.","place":"%s"}"""
            .formatted(place.name().toLowerCase(Locale.ROOT)));
    assertThat(terminal.run("sites", "list")).isEqualTo(3);
    assertThat(terminal.err().lines())
        .containsExactly(
            "stillpoint: It is not there", "Look for it.", "See: " + PlaceCommand.of(place));
    List<String> command = List.of(PlaceCommand.of(place).split(" ", -1));
    List<String> asked = new ArrayList<>(command.subList(1, Math.min(3, command.size())));
    asked.add("--help");
    assertThat(terminal.run(asked.toArray(new String[0]))).as("there is such a command").isZero();
  }

  @Test
  void saysWhereNoServerAnswers() {
    server.close();
    assertThat(terminal.run("status")).isEqualTo(6);
    assertThat(terminal.err()).contains(server.url()).contains("--server");
    assertThat(terminal.err().lines()).hasSize(2);
  }

  @Test
  void printsAStackTraceOnlyForDebugging() {
    server.close();
    assertThat(terminal.run("--debug", "status")).isEqualTo(6);
    assertThat(terminal.err()).contains("\tat dev.stillpoint.commandline.Api");
  }

  @Test
  void saysWhenTheTokenIsNotTheServers() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "wrong");
    assertThat(terminal.run("status", "--token-file", other.toString())).isEqualTo(5);
    assertThat(terminal.err()).contains("The token is wrong");
  }

  @Test
  void namesTheTokenFileThatIsNotThere() {
    assertThat(terminal.run("status", "--token-file", "/nowhere/token")).isEqualTo(5);
    assertThat(terminal.err()).contains("/nowhere/token").contains("root");
  }

  @Test
  void namesTheTokenFileItCannotRead() {
    // A folder cannot be read as a file, not even by root, who may run this test.
    assertThat(terminal.run("status", "--token-file", directory.toString())).isEqualTo(5);
    assertThat(terminal.err()).contains("Cannot read").contains(directory.toString());
  }

  @Test
  void refusesATokenFileWithoutAToken() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    assertThat(terminal.run("status", "--token-file", empty.toString())).isEqualTo(5);
    assertThat(terminal.err()).contains(empty.toString());
  }

  @Test
  void findsTheTokenOfItsInstallationAndThenOfTheSystem() throws IOException {
    server.on("GET /policies", 200, "{\"items\":[]}");
    terminal.without("STILLPOINT_TOKEN_FILE").with("STILLPOINT_HOME", directory.toString());
    assertThat(terminal.run("policies", "list")).isEqualTo(5);
    assertThat(terminal.err())
        .contains(directory.resolve("data/api-token") + " or " + directory.resolve("system-token"));

    Files.writeString(directory.resolve("system-token"), FakeServer.TOKEN);
    assertThat(terminal.run("policies", "list")).isZero();

    Files.createDirectory(directory.resolve("data"));
    Files.writeString(directory.resolve("data/api-token"), "of another server");
    assertThat(terminal.run("policies", "list")).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:8470", "ftp://host", "http://", "'http://a b'", "nonsense"})
  void refusesAnAddressThatIsNone(String address) {
    assertThat(terminal.run("status", "--server", address)).isEqualTo(2);
    assertThat(terminal.err()).contains(address).contains("http://127.0.0.1:8470");
  }

  @Test
  void saysWhenSomethingElseAnswers() {
    server.on("GET /status", 200, "<html>Welcome to nginx</html>");
    assertThat(terminal.run("status")).isEqualTo(10);
    assertThat(terminal.err()).contains("not a Stillpoint server");
  }

  @ParameterizedTest
  @CsvSource({"frobnicate", "sites", "sites add", "--nonsense status", "runs list --limit many"})
  void explainsWrongUsageInTwoLines(String command) {
    assertThat(terminal.run(command.split(" "))).isEqualTo(2);
    assertThat(terminal.err().lines()).hasSize(2);
    assertThat(terminal.err()).startsWith("stillpoint: ").contains("--help");
  }

  @Test
  void listsTheExitCodesInItsHelp() {
    assertThat(terminal.run("backup", "--help")).isZero();
    assertThat(terminal.out()).contains("out of space").contains("finished with warnings");
  }
}
