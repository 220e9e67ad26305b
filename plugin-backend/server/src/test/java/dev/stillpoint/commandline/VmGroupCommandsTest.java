package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The manager's groups on the command line. */
class VmGroupCommandsTest extends CommandLineTest {

  private static final String GROUP =
      """
      {"id":"g-1","name":"shop","kind":"affinity-group","cluster":"Default",
       "members":[{"id":"v-1","name":"web01"},{"id":"v-2","name":"db01"}],
       "policies":[{"id":"p-1","name":"nightly","enabled":true,
         "last":{"id":"r-1","state":"succeeded","created":"2026-11-21T05:00:00Z"},
         "changes":{"since":"r-1","joined":[{"id":"v-2","name":"db01"}],
                    "left":[{"id":"v-3","name":"old01"}]}}]}
      """;

  @Test
  void aGroupIsListedInOneLine() {
    server.on("GET /sites/s-1/vm-groups", 200, "{\"items\":[" + GROUP + "]}");
    assertThat(terminal.run("groups", "list")).isZero();
    assertThat(terminal.out())
        .containsPattern("shop +affinity-group +Default +2 +nightly +succeeded 2026-11-21");
  }

  @Test
  void aRefreshTellsWhoJoinedAndWhoLeft() {
    server.on("GET /sites/s-1/vm-groups/shop", 200, GROUP);
    assertThat(terminal.run("groups", "refresh", "shop")).isZero();
    assertThat(terminal.out())
        .contains("Policy   nightly: last run r-1, succeeded")
        .containsPattern("Joined +db01")
        .containsPattern("Left +old01");
  }

  @Test
  void aPolicyIsAppliedAndTakenAway() {
    server.on("PUT /sites/s-1/vm-groups/shop/policies/nightly", 200, GROUP);
    server.on("DELETE /sites/s-1/vm-groups/shop/policies/nightly", 200, GROUP);
    assertThat(terminal.run("groups", "protect", "shop", "nightly")).isZero();
    assertThat(terminal.out()).contains("Policy nightly selects group shop.");
    assertThat(terminal.run("groups", "protect", "shop", "nightly", "--remove")).isZero();
    assertThat(terminal.out()).contains("Policy nightly does not name group shop.");
  }

  @Test
  void aPlanShowsEachVmWhatIsMissingAndWhatStandsAgainstIt() throws IOException {
    server.on(
        "POST /sites/s-1/vm-groups/shop/recover",
        200,
        """
        {"group":"shop","run":"r-1","skewSeconds":0.4,"vms":[
          {"point":"rp-1","mode":"new-vm","vmName":"back-web01","disks":[],"nics":[],
           "notes":[],"refusals":[{"kind":"CONFLICT","detail":"There is one","remedy":"Rename."}]}],
         "missing":[{"vm":"v-2","vmName":"db01","reason":"It was not in run r-1"}],
         "notes":["VM old01 was in the group then and is not now"],"refusals":[]}
        """);
    assertThat(
            terminal.run(
                "groups",
                "recover",
                "shop",
                "--as-new",
                "back-*",
                "--run",
                "r-1",
                "--vm",
                "web01",
                "--stop-on-failure",
                "--dry-run"))
        .as("refusals end with a warning")
        .isEqualTo(8);
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"mode":"new-vm","name":"back-*","run":"r-1","vms":["web01"],"stopOnFailure":true,
                 "keepMacs":false,"connectNics":false,"keepOldDisks":false,"dryRun":true}
                """));
    assertThat(terminal.out())
        .contains("Group shop: 1 VMs of run r-1, points 0.4 s apart")
        .contains("as the new VM back-web01")
        .contains("Refused: There is one")
        .contains("Missing: VM db01: It was not in run r-1")
        .contains("Note: VM old01 was in the group then");
  }

  @Test
  void whereTheVmsShallGoMustBeSaid() {
    assertThat(terminal.run("groups", "recover", "shop")).isEqualTo(2);
    assertThat(terminal.err()).contains("--in-place or --as-new PATTERN");
  }
}
