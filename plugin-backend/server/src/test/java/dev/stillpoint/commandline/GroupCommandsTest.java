package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The order of reading: asked for, reported, simulated. */
class GroupCommandsTest extends CommandLineTest {

  @Test
  void aBackupSendsOnlyWhatWasSaidOfTheOrder() throws IOException {
    server.on("POST /runs", 202, Samples.run("queued", "waiting", 0));
    assertThat(
            terminal.run(
                "backup", "web01", "--order", "load-per-time", "--batch", "0", "--no-wait"))
        .isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"site":"s-1","vms":["web01"],"group":{"order":"load-per-time","batchSize":0}}
                """));
  }

  @Test
  void aPolicySaysItselfInWhichOrder() {
    assertThat(terminal.run("backup", "--policy", "nightly", "--readers", "3")).isEqualTo(2);
    assertThat(terminal.err()).contains("The policy says itself in which order");
  }

  @Test
  void aPolicyIsAddedWithItsOrderAndKeepsItWhenItIsSwitched() throws IOException {
    server.on("POST /policies", 201, Samples.POLICY);
    assertThat(
            terminal.run(
                "policies",
                "add",
                "nightly",
                "--vm",
                "web01",
                "--by",
                "host",
                "--collective",
                "mean",
                "--readers",
                "3"))
        .isZero();
    JsonNode group = json("{\"by\":\"host\",\"collective\":\"mean\",\"readers\":3}");
    assertThat(json(server.lastBody()).path("group")).isEqualTo(group);
    String kept = Samples.POLICY.replace("\"enabled\"", "\"group\":" + group + ",\"enabled\"");
    server.on("GET /policies/nightly", 200, kept);
    server.on("PUT /policies/p-1", 200, kept);
    assertThat(terminal.run("policies", "disable", "nightly")).isZero();
    assertThat(json(server.lastBody()).path("group")).isEqualTo(group);
    assertThat(terminal.run("policies", "show", "nightly")).isZero();
    assertThat(terminal.out()).contains("Read by", "host", "Read readers");
  }

  @Test
  void aRunTellsInWhichOrderItReadAndWhatTheOrderGivenWouldHaveCost() {
    String report =
        """
        ,"group":{"order":"highest-load","by":"vm","collective":"sum","readers":2,"batchSize":0,
        "batches":[{"vms":2,"skewSeconds":0.125}],
        "vms":[{"vm":"v-1","vmName":"web01","batch":0,"snapshotSeconds":12,"readSeconds":10,"bytesPerSecond":1024,"loadSeconds":12288,"reason":"highest load first, of 2 that waited: 1.0 KiB/s"}],
        "cost":{"snapshotSeconds":12,"loadSeconds":12288},"fifoCost":{"snapshotSeconds":20,"loadSeconds":30720}}}""";
    String run = Samples.run("succeeded", "succeeded", 1).strip();
    server.on("GET /runs/r-1", 200, run.substring(0, run.length() - 1) + report);
    assertThat(terminal.run("runs", "show", "r-1")).isZero();
    assertThat(terminal.out())
        .contains(
            "Read highest-load by vm, readers: 2. Snapshots together: 2 within 0.125 s",
            "highest load first, of 2 that waited: 1.0 KiB/s",
            "Carried under snapshot  12.0 KiB of guests' I/O, 12 s of snapshots",
            "In the order given      30.0 KiB of guests' I/O, 20 s of snapshots (2.50 times)");
  }

  @Test
  void simulatesAFleetWithoutAServer() throws IOException {
    server.close();
    assertThat(
            terminal.run("--json", "simulate", "--vms", "50", "--readers", "1,2", "--batch", "0,9"))
        .isZero();
    JsonNode items = json(terminal.out()).path("items");
    assertThat(items).hasSize(20);
    String first = terminal.out();
    terminal.run("--json", "simulate", "--vms", "50", "--readers", "1,2", "--batch", "0,9");
    assertThat(terminal.out()).as("the same seed, the same fleet").isEqualTo(first);
    assertThat(terminal.run("simulate", "--vms", "50", "--by", "host", "--per-host", "1")).isZero();
    assertThat(terminal.out()).contains("50 VMs, ", "load-per-time", "OF FIFO");
  }

  @Test
  void aSimulationThatCannotBeIsWrongUsage() {
    assertThat(terminal.run("simulate", "--vms", "10001")).isEqualTo(2);
    assertThat(terminal.run("simulate", "--skew", "1")).isEqualTo(2);
    assertThat(terminal.run("simulate", "--readers", "0")).isEqualTo(2);
    assertThat(terminal.run("simulate", "--by", "moon")).isEqualTo(2);
    assertThat(terminal.run("simulate", "--fleet", "/nowhere")).isEqualTo(2);
    assertThat(terminal.err()).contains("The fleet /nowhere cannot be used");
  }
}
