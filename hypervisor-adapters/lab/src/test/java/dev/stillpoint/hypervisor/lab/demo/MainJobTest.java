package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job against a command line made of canned answers and a lab that only knows sums. */
class MainJobTest {

  private static final String SUM = "a".repeat(64);

  @TempDir private Path directory;
  private final List<String> labCalls = new CopyOnWriteArrayList<>();
  private final Map<String, String> sums = new HashMap<>();
  private HttpServer lab;
  private MainJob job;

  @BeforeEach
  void start() throws IOException {
    lab = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lab.createContext("/", this::answer);
    lab.start();
    String base = "http://127.0.0.1:" + lab.getAddress().getPort();
    LabClient client =
        new LabClient(
            new ObjectMapper()
                .createObjectNode()
                .put("apiUrl", base + "/ovirt-engine/api")
                .put("labUrl", base + "/lab")
                .put("user", "u")
                .put("password", "p"));
    Files.createFile(
        directory.resolve("stillpoint"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    StillpointCommand command =
        new StillpointCommand(
            directory.resolve("stillpoint"), base, directory.resolve("token"), directory);
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    job = new MainJob(command, client, new Steps(nowhere, InstantSource.system()));
    says("restore point-of-d1", restoreRun("d1", "d1-new"));
    says("restore point-of-d2", restoreRun("d2", "d2-new"));
    says(
        "vms list",
        """
        {"items":[{"id":"v1","name":"files01","power":"down"},{"id":"v2","name":"büro test","power":"up"}]}""");
  }

  @AfterEach
  void stop() {
    lab.stop(0);
  }

  @Test
  void restoresAndComparesEveryDiskOfBothRuns() throws IOException {
    says("backup --all", backupRun("\"point\":\"point-of-d1\","));
    List<ComparedDisk> compared = job.run();

    assertThat(compared).allMatch(ComparedDisk::match);
    assertThat(compared)
        .extracting(
            disk -> disk.source().run() + " " + disk.source().vm() + ": " + disk.restoredAs())
        .containsExactly(
            "1 büro test: büro test-check",
            "1 files01: files01-check",
            "2 büro test: büro test-check",
            "2 files01: itself");
    assertThat(labCalls)
        .contains("POST /lab/vms/v1/power", "POST /lab/vms/v2/burst")
        .doesNotContain("POST /lab/vms/v1/burst");
    assertThat(labCalls)
        .as("what only served the check is removed")
        .filteredOn("DELETE /ovirt-engine/api/vms/new-vm"::equals)
        .hasSize(3);
  }

  @Test
  void tellsADiskThatDiffers() throws IOException {
    says("backup --all", backupRun("\"point\":\"point-of-d1\","));
    sums.put("/lab/disks/d2-new/sha256", "b".repeat(64));
    assertThat(job.run())
        .filteredOn(disk -> !disk.match())
        .extracting(disk -> disk.source().disk())
        .containsExactly("d2", "d2");
  }

  @Test
  void refusesToGoOnWhenAVmWasNotBackedUp() throws IOException {
    says("backup --all", backupRun(""));
    assertThatThrownBy(job::run).isInstanceOf(DemoFailure.class).hasMessageContaining("files01");
  }

  @Test
  void refusesARestoreThatLeftOutADisk() throws IOException {
    says("backup --all", backupRun("\"point\":\"point-of-d1\","));
    says("restore point-of-d2", restoreRun("another", "d2-new"));
    assertThatThrownBy(job::run).isInstanceOf(DemoFailure.class).hasMessageContaining("left out");
  }

  @Test
  void saysWhichCommandFailedAndHow() throws IOException {
    Files.writeString(
        directory.resolve("stillpoint"), "#!/bin/sh\necho 'stillpoint: No room' >&2\nexit 7\n");
    assertThatThrownBy(job::run)
        .isInstanceOf(DemoFailure.class)
        .hasMessageContaining("vms list ended with code 7")
        .hasMessageContaining("No room");
  }

  private static String backupRun(String firstPoint) {
    return """
        {"id":"r","state":"succeeded","vms":[
        {"vm":"v1","vmName":"files01",%s"snapshot":"b1","disks":[{"disk":"d1","name":"one","mode":"full","reason":"first"}]},
        {"vm":"v2","vmName":"büro test","point":"point-of-d2","snapshot":"b2","disks":[{"disk":"d2","name":"two","mode":"full","reason":"first"}]}]}"""
        .formatted(firstPoint);
  }

  private static String restoreRun(String disk, String restoredTo) {
    return "{\"vms\":[{\"vm\":\"new-vm\",\"disks\":[{\"disk\":\"%s\",\"restoredTo\":\"%s\"}]}]}"
        .formatted(disk, restoredTo);
  }

  /** Has the command line answer a command that begins so; what is said last wins. */
  private void says(String command, String json) throws IOException {
    Path program = directory.resolve("stillpoint");
    String script = Files.readString(program, UTF_8).replace("#!/bin/sh\nshift 5\n", "");
    Files.writeString(
        program,
        "#!/bin/sh\nshift 5\ncase \"$*\" in '%s'*) cat <<'END'\n%s\nEND\nexit 0;; esac\n%s"
            .formatted(command, json, script),
        UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      labCalls.add(exchange.getRequestMethod() + " " + path);
      String body =
          path.endsWith("/sha256")
              ? "{\"sha256\":\"" + sums.getOrDefault(path, SUM) + "\"}"
              : "{\"access_token\":\"t\"}";
      exchange.sendResponseHeaders(200, body.length());
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
  }
}
