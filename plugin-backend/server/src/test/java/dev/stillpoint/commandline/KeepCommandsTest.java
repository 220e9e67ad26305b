package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The commands about how long points are kept, and what that takes. */
class KeepCommandsTest extends CommandLineTest {

  private static final String POLICY =
      """
      {"id":"p-1","name":"nightly","site":"s-1","vms":["v-1"],"excludedDisks":[],"freeze":"try","enabled":true,"select":[],"except":[],"retention":{"keep":{"daily":"30d"},"keepLast":0,"gfs":{"daily":0,"weekly":0,"monthly":0,"yearly":0},"zone":"UTC"}}""";
  private static final String PLAN =
      """
      {"at":"2026-11-21T05:30:00Z","expiring":1,"items":[
      {"point":"rp-2","vm":"v-1","vmName":"web01","time":"2026-11-20T05:30:00Z","decision":"keep","reason":"kept until tomorrow","bytesStored":5},
      {"point":"rp-1","vm":"v-1","vmName":"web01","time":"2026-11-01T05:30:00Z","decision":"expire","reason":"its time ended","bytesStored":5}]}""";
  private static final String IDLE =
      """
      {"last":{"started":"2026-11-21T05:30:00Z","ended":"2026-11-21T05:31:00Z","why":"asked for","figures":{"dryRun":false,"packsDeleted":2,"packsRewritten":0,"bytesBefore":2048,"bytesAfter":1024,"bytesWaiting":0,"bytesReclaimable":7,"seconds":60.0,"reasons":["2 packs were deleted"]}},"next":{"start":false,"reason":"nothing expired"}}""";
  private static final String RUNNING =
      """
      {"running":{"started":"2026-11-21T05:30:00Z","why":"asked for","step":"rewrite","done":1024,"total":4096},"next":{"start":false,"reason":"nothing expired"}}""";

  private void runs(String command) {
    assertThat(terminal.run(command.split(" "))).as(terminal.err()).isZero();
  }

  @Test
  void addsAPolicyThatSaysHowLongItsPointsAreKept() throws IOException {
    server.on("POST /policies", 201, POLICY);
    runs("policies add nightly --vm a --keep daily=30d manual=7d --keep-last 3 --keep-yearly 2");
    assertThat(json(server.lastBody()).get("retention"))
        .isEqualTo(
            json(
                """
                {"keep":{"daily":"30d","manual":"7d"},"keepLast":3,"gfs":{"daily":0,"weekly":0,"monthly":0,"yearly":2}}"""));
  }

  @Test
  void saysNothingOfRetentionWhereTheUserSaysNothing() throws IOException {
    server.on("POST /policies", 201, POLICY);
    runs("policies add nightly --vm a");
    assertThat(json(server.lastBody()).has("retention")).isFalse();
  }

  @Test
  void changesHowLongPointsAreKeptAndNothingElse() throws IOException {
    server.on("GET /policies/nightly", 200, POLICY);
    server.on("PUT /policies/p-1", 200, POLICY);
    runs("policies keep nightly --keep weekly=8w --keep-zone Asia/Tokyo");
    JsonNode sent = json(server.lastBody());
    assertThat(sent.get("retention").get("keep")).isEqualTo(json("{\"weekly\":\"8w\"}"));
    assertThat(sent.get("retention").get("zone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(sent.get("enabled").asBoolean()).isTrue();
    assertThat(sent.get("freeze").asText()).isEqualTo("try");
  }

  @Test
  void switchingAPolicyKeepsItsRetention() throws IOException {
    server.on("GET /policies/nightly", 200, POLICY);
    server.on("PUT /policies/p-1", 200, POLICY);
    runs("policies disable nightly");
    assertThat(json(server.lastBody()).get("retention")).isEqualTo(json(POLICY).get("retention"));
  }

  @Test
  void showsWhatOfAPolicyIsKeptAndWhatGoes() {
    server.on("GET /policies/nightly/retention?at=2026-12-24T18%3A00%3A00Z", 200, PLAN);
    runs("policies retention nightly --at 2026-12-24T18:00:00Z");
    assertThat(terminal.out())
        .contains("kept", "kept until tomorrow", "EXPIRES", "its time ended", "1 of 2 points go.");
  }

  @Test
  void showsWhatOtherRulesWouldDo() throws IOException {
    server.on("POST /policies/nightly/retention", 200, PLAN);
    runs("policies retention nightly --keep-last 5 --expiring");
    assertThat(json(server.lastBody()).get("keepLast").asInt()).isEqualTo(5);
    assertThat(terminal.out()).contains("rp-1").doesNotContain("rp-2");
  }

  @Test
  void deletesPointsAndSaysWhatComesFree() throws IOException {
    server.on(
        "POST /points/deletions",
        200,
        """
        {"deleted":false,"bytesFreed":2048,"vms":[{"site":"s-1","vm":"v-1","vmName":"web01","points":1,"bytesFreed":2048},{"site":"s-1","vm":"v-2","vmName":"db01","points":1}],"points":[{"id":"rp-1"},{"id":"rp-2"}]}""");
    runs("points delete rp-1 rp-2 --dry-run");
    assertThat(json(server.lastBody()))
        .isEqualTo(json("{\"dryRun\":true,\"points\":[\"rp-1\",\"rp-2\"]}"));
    assertThat(terminal.out())
        .contains("web01       1      2.0 KiB", "db01        1            ?")
        .contains(
            "2 restore points would be deleted; the next collection gives back at most about");
  }

  @Test
  void holdsAndReleasesPoints() throws IOException {
    server.on("PUT /holds/rp-1", 200, "{\"point\":\"rp-1\"}");
    server.on("DELETE /holds/rp-1", 204, "");
    server.on(
        "GET /holds",
        200,
        """
        {"items":[{"point":"rp-1","reason":"a lawsuit","who":"admin","since":"2026-11-21T05:30:00Z"}]}""");
    assertThat(terminal.run("points", "hold", "rp-1", "--reason", "a lawsuit")).isZero();
    assertThat(json(server.lastBody())).isEqualTo(json("{\"reason\":\"a lawsuit\"}"));
    runs("points holds");
    assertThat(terminal.out()).contains("a lawsuit");
    runs("points release rp-1");
    assertThat(terminal.run("points", "hold", "rp-1")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void showsTheServersRepositoryAndWhatIsCollected() throws IOException {
    String repository =
        """
        {"directory":"/srv/backup","points":3,"claimedBytes":0,"usedBytes":7,"freeBytes":9,"diskFreeBytes":9,"findings":[]}""";
    server.on("GET /repository", 200, repository);
    server.on("GET /repository/collection", 200, RUNNING);
    runs("repository status");
    assertThat(terminal.out()).contains("/srv/backup", "7 B used", "rewrite 1.0 KiB of 4.0 KiB");
    runs("repository status --json");
    assertThat(json(terminal.out()).get("collection")).isEqualTo(json(RUNNING));
  }

  @Test
  void hasTheServerCollectAndWaits() {
    server.on("POST /repository/collection", 202, RUNNING);
    server.on("GET /repository/collection", 200, RUNNING);
    server.on("GET /repository/collection", 200, IDLE);
    runs("collect");
    assertThat(terminal.out())
        .contains("2.0 KiB before, 1.0 KiB after; 7 B reclaimable are left")
        .contains("2 packs were deleted")
        .contains("not yet: nothing expired");
  }

  @Test
  void aCollectionThatFailedEndsWithOne() {
    server.on(
        "POST /repository/collection",
        202,
        """
        {"last":{"started":"2026-11-21T05:30:00Z","ended":"2026-11-21T05:31:00Z","why":"asked for","problem":{"kind":"CORRUPT_DATA","detail":"a manifest is damaged","remedy":""}},"next":{"start":false,"reason":"x"}}""");
    assertThat(terminal.run("collect")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.out()).contains("a manifest is damaged");
  }

  @Test
  void listsWhichVmsAreProtected() {
    server.on(
        "GET /sites/s-1/protection?limit=1000",
        200,
        """
        {"items":[{"vm":"v-1","name":"web01","state":"protected","reason":"by nightly","policies":[],"lastPoint":"2026-11-21T05:30:00Z","nextStart":"2026-11-22T05:30:00Z","figures":{"points":3,"bytesUnique":2048,"bytesShared":0,"bytesReclaimable":0,"bytesGrowthPerDay":-1024}}],"next":"b.c","total":2}""");
    server.on(
        "GET /sites/s-1/protection?limit=1000&after=b.c",
        200,
        """
        {"items":[{"vm":"v-2","name":"db01","state":"unprotected","reason":"no policy names or selects it","policies":[],"figures":{"points":0,"bytesUnique":0,"bytesShared":0,"bytesReclaimable":0}}],"total":2}""");
    runs("vms list --protection");
    assertThat(terminal.out())
        .contains("web01  protected", "2026-11-21 06:30:00 +01:00", "-1.0 KiB", "by nightly")
        .contains("no policy names or selects it");
  }

  @Test
  void showsTheOverview() {
    server.on(
        "GET /overview",
        200,
        """
        {"sites":[{"site":"s-1","name":"one","vms":{"safe":5,"waiting":1,"unprotected":2,"gone":0},"unprotected":[{"vm":"v-2","name":"db01","reason":"no policy names or selects it"}]},
        {"site":"s-2","name":"two","unprotected":[],"problem":{"kind":"HYPERVISOR_UNAVAILABLE","detail":"no answer","remedy":""}}],
        "space":{"usedBytes":2048,"reclaimableBytes":1024,"freeBytes":4096},"forecast":{"bytesPerDay":1024,"fullOn":"2027-01-31","reason":"by the growth"},"largest":[{"name":"web01","bytesUnique":512,"bytesShared":0,"bytesReclaimable":0}]}""");
    runs("overview");
    assertThat(terminal.out())
        .contains("one: 5 VMs protected, 1 waiting for their first point, 2 UNPROTECTED, 0 gone")
        .contains("db01: no policy names or selects it", "two: no answer")
        .contains("2027-01-31 (1.0 KiB a day; by the growth)", "web01  512 B");
  }

  @Test
  void showsWhatIsMeteredAndPrintsItForASpreadsheet() {
    String path = "GET /metering?month=2026-04&zone=Asia%2FTokyo";
    server.on(
        path,
        200,
        """
        {"month":"2026-04","zone":"Asia/Tokyo","items":[{"site":"s-1","vm":"v-1","vmName":"web01","policy":"p-1","policyName":"nightly","points":1,"hours":15,"localHours":24,"logicalGibHours":150.000,"storedGibHours":30.000}]}""");
    server.on(path, 200, "month,zone\r\n2026-04,Asia/Tokyo\r\n");
    runs("metering --month 2026-04 --zone Asia/Tokyo");
    assertThat(terminal.out()).contains("web01  nightly       1         15                24");
    runs("metering --month 2026-04 --zone Asia/Tokyo --csv");
    assertThat(terminal.out()).isEqualTo("month,zone\r\n2026-04,Asia/Tokyo\r\n");
  }
}
