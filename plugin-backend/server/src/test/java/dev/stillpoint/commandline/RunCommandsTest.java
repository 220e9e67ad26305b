package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandsTest extends CommandLineTest {

  private void runGoesTo(String state, String vmState) {
    server.on("POST /runs", 202, Samples.run("queued", "waiting", 0));
    server.on("GET /runs/r-1", 200, Samples.run("running", "reading", 0));
    server.on("GET /runs/r-1", 200, Samples.run("running", "reading", 500_000));
    server.on("GET /runs/r-1", 200, Samples.run("running", "committing", 1_000_000));
    server.on("GET /runs/r-1", 200, Samples.run(state, vmState, 1_000_000));
  }

  @ParameterizedTest
  @CsvSource({"succeeded,0", "warning,8", "failed,1", "cancelled,1"})
  void waitsForABackupAndEndsAsItEnded(String state, int code) {
    runGoesTo(state, state);
    assertThat(terminal.run("backup", "web01", "büro test")).isEqualTo(code);
    assertThat(server.calls()).contains("POST /runs");
    assertThat(terminal.out())
        .contains("State    " + state)
        .contains("after 1:14 min")
        .contains("büro test: No guest agent");
  }

  @Test
  void sendsTheVmsThatWereNamed() throws IOException {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.run("backup", "web01", "büro test", "--no-wait")).isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(json("{\"site\":\"s-1\",\"vms\":[\"web01\",\"büro test\"]}"));
    assertThat(terminal.out()).contains("stillpoint runs watch r-1");
    assertThat(server.calls()).doesNotContain("GET /runs/r-1");
  }

  @Test
  void sendsAStarForAll() throws IOException {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.run("backup", "--all", "--no-wait", "--json")).isZero();
    assertThat(json(server.lastBody())).isEqualTo(json("{\"site\":\"s-1\",\"vms\":[\"*\"]}"));
    assertThat(json(terminal.out()).path("state").asText()).isEqualTo("queued");
  }

  @Test
  void sendsWhetherGuestsAreFrozen() throws IOException {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.run("backup", "web01", "--freeze", "try", "--no-wait")).isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(json("{\"site\":\"s-1\",\"vms\":[\"web01\"],\"freeze\":\"try\"}"));
  }

  @Test
  void runsAPolicyByItsName() {
    server.on("POST /policies/every%20night/runs", 202, Samples.run("queued", "waiting", 0));
    server.on("GET /runs/r-1", 200, Samples.run("succeeded", "succeeded", 9));
    assertThat(terminal.run("backup", "--policy", "every night")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "backup",
    "backup a --all",
    "backup --all --policy p",
    "backup a --policy p",
    "backup --policy p --freeze try"
  })
  void wantsExactlyOneWayToNameVms(String command) {
    assertThat(terminal.run(command.split(" "))).isEqualTo(2);
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void printsTheFinalRunAsJsonAndProgressOnStandardErrorOnly() throws IOException {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.run("backup", "web01", "--json")).isZero();
    assertThat(json(terminal.out()))
        .isEqualTo(json(Samples.run("succeeded", "succeeded", 1_000_000)));
    assertThat(terminal.err()).contains("web01: reading");
  }

  @Test
  void printsALinePerChangeWhereThereIsNoTerminal() {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.run("backup", "web01")).isZero();
    assertThat(terminal.err().lines())
        .containsExactly(
            "run r-1: running",
            "web01: reading",
            "büro test: waiting",
            "web01: committing",
            "run r-1: succeeded",
            "web01: succeeded",
            "büro test: succeeded");
  }

  @Test
  void redrawsBarsInPlaceOnATerminal() {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.columns(100).run("backup", "web01")).isZero();
    String seen = terminal.err();
    assertThat(seen).contains("web01      reading       [##########----------]  50 %");
    assertThat(seen).contains("[#####---------------]  25 %");
    assertThat(seen).contains("1.2 MiB/s").contains("left");
    assertThat(seen).contains("\u001b[3A");
    assertThat(seen).contains("all        succeeded 2/2 [####################] 100 %");
    assertThat(seen).doesNotContain("web01: reading");
  }

  @Test
  void showsNoRateOnceAllIsRead() {
    server.on("GET /runs/r-1", 200, Samples.run("running", "reading", 0));
    server.on("GET /runs/r-1", 200, Samples.run("running", "releasing", 1_000_000));
    server.on("GET /runs/r-1", 200, Samples.run("succeeded", "succeeded", 1_000_000));
    assertThat(terminal.columns(100).run("runs", "watch", "r-1")).isZero();
    assertThat(terminal.err().lines())
        .contains("\u001b[2Kweb01      releasing     [####################] 100 %");
  }

  @Test
  void callsWhatARestoreMovesWritten() {
    server.on(
        "GET /runs/r-1",
        200,
        Samples.run("succeeded", "succeeded", 5).replace("\"backup\"", "\"restore\""));
    assertThat(terminal.run("runs", "show", "r-1")).isZero();
    assertThat(terminal.out()).contains("WRITTEN").doesNotContain("READ ");
  }

  @Test
  void neverDrawsALineWiderThanTheTerminal() {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.columns(40).run("backup", "web01")).isZero();
    assertThat(terminal.err().replaceAll("\u001b\\[[0-9]*[A-Z]|\r", "").lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(40));
  }

  @Test
  void tellsOnInterruptThatTheRunGoesOn() {
    runGoesTo("succeeded", "succeeded");
    terminal.whileWaiting(terminal::interrupt);
    assertThat(terminal.run("backup", "web01")).isZero();
    assertThat(terminal.err())
        .contains("stillpoint runs watch r-1")
        .contains("stillpoint runs cancel r-1");
    assertThat(server.calls()).noneMatch(call -> call.contains("cancel"));
  }

  @Test
  void saysNothingOnInterruptAfterTheRunHasEnded() {
    runGoesTo("succeeded", "succeeded");
    assertThat(terminal.run("backup", "web01")).isZero();
    terminal.interrupt();
    assertThat(terminal.err()).doesNotContain("goes on");
  }

  @Test
  void watchesARunAgain() {
    runGoesTo("warning", "warning");
    assertThat(terminal.run("runs", "watch", "r-1")).isEqualTo(8);
  }

  @Test
  void givesUpWatchingWhenTheServerStaysAway() {
    server.on("GET /runs/r-1", 200, Samples.run("running", "reading", 0));
    terminal.whileWaiting(server::close);
    assertThat(terminal.run("runs", "watch", "r-1")).isEqualTo(6);
    assertThat(terminal.err()).contains("does not answer");
  }

  @Test
  void restoresTheNewestPointAsANewVm() throws IOException {
    server.on("GET /points?site=s-1&vm=web01&limit=1", 200, Samples.POINTS);
    server.on("POST /restores", 202, Samples.failedRun());
    server.on("GET /runs/r-1", 200, Samples.failedRun());
    int code =
        terminal.run(
            "restore", "latest:web01", "--as-new", "web neu", "--storage", "nfs2", "--keep-macs");
    assertThat(code).isEqualTo(1);
    assertThat(terminal.out()).contains("Storage nfs1 is full").contains("Free some.");
    assertThat(server.calls()).contains("POST /restores");
  }

  @Test
  void sendsWhatTheRestoreIsToBe() throws IOException {
    server.on("POST /restores", 202, Samples.run("queued", "waiting", 0));
    assertThat(
            terminal.run(
                "restore",
                "rp-1",
                "--as-new",
                "web neu",
                "--cluster",
                "Default",
                "--storage",
                "nfs2",
                "--keep-macs",
                "--connect-nics",
                "--no-wait"))
        .isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"point":"rp-1","mode":"new-vm","name":"web neu","cluster":"Default","storage":"nfs2","keepMacs":true,"connectNics":true,"keepOldDisks":false,"dryRun":false}"""));
  }

  @Test
  void showsThePlanOfADryRun() throws IOException {
    server.on("POST /restores", 200, Samples.PLAN);
    assertThat(terminal.run("restore", "rp-1", "--in-place", "--keep-old-disks", "--dry-run"))
        .isZero();
    assertThat(terminal.out())
        .contains("Restore point rp-1 into VM web01")
        .contains("1.0 MiB")
        .contains("Note: The old disk is removed at the end");
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"point":"rp-1","mode":"in-place","keepMacs":false,"connectNics":false,"keepOldDisks":true,"dryRun":true}"""));
  }

  @Test
  void namesTheDisksThatAreWanted() throws IOException {
    server.on("POST /restores", 202, Samples.run("queued", "waiting", 0));
    String command = "restore rp-1 --in-place --disk db01_data --disk d-7 --no-wait";
    assertThat(terminal.run(command.split(" "))).as(terminal.err()).isZero();
    assertThat(json(server.lastBody()).path("disks")).isEqualTo(json("[\"db01_data\",\"d-7\"]"));
  }

  @Test
  void endsADryRunLikeTheRestoreWouldEnd() {
    server.on("POST /restores", 200, Samples.REFUSED_PLAN);
    assertThat(terminal.run("restore", "rp-1", "--in-place", "--dry-run")).isEqualTo(4);
    assertThat(terminal.out()).contains("Refused: VM web01 is running").contains("Shut it down.");
  }

  @ParameterizedTest
  @CsvSource({
    "restore rp-1",
    "restore rp-1 --in-place --as-new x",
    "restore",
    "restore latest: --in-place"
  })
  void wantsExactlyOneWayToRestoreOnePoint(String command) {
    assertThat(terminal.run(command.split(" "))).isEqualTo(2);
  }

  @Test
  void saysWhenAVmHasNoRestorePoint() {
    server.on("GET /points?site=s-1&vm=nix&limit=1", 200, "{\"items\":[]}");
    assertThat(terminal.run("restore", "latest:nix", "--in-place")).isEqualTo(3);
    assertThat(terminal.err()).contains("no restore point of VM nix");
  }
}
