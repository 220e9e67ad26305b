package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest extends CommandLineTest {

  /** Each command that asks for something and shows it: the call it makes, the text it shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sites list|GET /sites|SITES|Büro 1",
        "sites show one|GET /sites/one|SITE|https://engine.example/ovirt-engine/api",
        "sites check one|GET /sites/one/check|INFO|one answers: oVirt 4.5.6",
        "sites targets one|GET /sites/one/targets|TARGETS|data1      1.5 GiB  yes     Default   s-1",
        "sites targets one|GET /sites/one/targets|TARGETS|dmz      dmz-slow  n-1",
        "vms list|GET /sites/s-1/vms|VMS|büro test  down   Default      2  1.5 KiB  v-2",
        "vms show web01|GET /sites/s-1/vms/web01|SETTINGS|56:6f:00:00:00:01",
        "vms list --load --placement|GET /sites/s-1/vms?load=true&placement=true|LOADED|2.0 KiB    1.0 MiB        ?         ?  host1  data1, data2  prod",
        "policies vms nightly|GET /policies/nightly/vms|VMS|büro test  v-2",
        "policies list|GET /policies|POLICIES|nightly  yes        2               1  p-1",
        "policies show nightly|GET /policies/nightly|POLICY|Excluded disk  d-9",
        "policies show nightly|GET /policies/nightly|POLICY|Freeze guests  try",
        "runs list|GET /runs|RUNS|büro test and 2 more  Storage nfs1 is full",
        "runs list --vm web01 --kind backup --state failed --from 2026-11-01 --sort -stored --limit 7|GET /runs?kind=backup&state=failed&vm=web01&from=2026-11-01&sort=-stored&limit=7|RUNS|1:14 min",
        "vms states --state failed --not-good-since 2026-11-20|GET /vm-states?state=failed&notGoodSince=2026-11-20|VM_STATES|2026-11-20 06:31:15 +01:00",
        "audit list --actor clerk@internal-authz|GET /audit?actor=clerk%40internal-authz|AUDIT|runs.backup  runs/r-1  done",
        "runs show r-1|GET /runs/r-1|RUN|büro test: No guest agent",
        "points list|GET /points|POINTS|2026-11-21 06:30:00 +01:00      1  2.0 GiB",
        "points list --min-size 1GiB --policy nightly --after x|GET /points?policy=nightly&minBytes=1073741824&after=x|POINTS|There is more: --after LXRpbWU.cA",
        "points list --vm web01 --site s-1 --limit 5|GET /points?site=s-1&vm=web01&limit=5|POINTS|rp-1",
        "points show rp-1|GET /points/rp-1|POINT|2026-07-21 07:30:00 +02:00",
        "points show rp-1|GET /points/rp-1|POINT|file systems at rest",
        "points show rp-1|GET /points/rp-1|POINT|Left out: web01_lun: the engine cannot back up a direct LUN",
        "status|GET /status|STATUS|2.0 MiB used, 1.0 GiB free of a reserve of 20.0 GiB; ONLY 5 B CLAIMED",
        "status|GET /status|STATUS|DAMAGE: points/a cannot be read",
        "status|GET /status|STATUS|repository: degraded. 1 files are damaged or missing",
        "notices|GET /settings|NOTICES|Mail     ops@example.com, boss@example.com by mail.example.com:587 (starttls), when failed",
        "notices|GET /settings|NOTICES|Webhook  none",
        "notices test-mail|POST /settings/mail/test|TAKEN|Taken: mail to ops@example.com",
        "reserve|GET /repository|REPOSITORY|7 B used, 9 B free on its disk, no reserve",
        "leftovers|GET /leftovers|LEFTOVERS|2026-11-21 06:30:00 +01:00",
      })
  void showsInWordsOrAsTheApisJson(String command, String call, String sample, String seen)
      throws IOException {
    String document = sample(sample);
    server.on(call, 200, document);

    assertThat(terminal.run(command.split(" "))).isZero();
    assertThat(terminal.out()).contains(seen);
    assertThat(terminal.err()).isEmpty();
    assertThat(server.calls()).endsWith(call);

    assertThat(terminal.run((command + " --json").split(" "))).isZero();
    assertThat(json(terminal.out())).isEqualTo(json(document));
    assertThat(terminal.err()).isEmpty();
  }

  private static String sample(String name) {
    return switch (name) {
      case "SITES" -> Samples.SITES;
      case "SITE" ->
          Samples.SITES.substring(Samples.SITES.indexOf('[') + 1, Samples.SITES.indexOf(']'));
      case "INFO" -> "{\"product\":\"oVirt\",\"version\":\"4.5.6\",\"instance\":\"i\"}";
      case "TARGETS" ->
          """
          {"clusters":[{"id":"c-1","name":"Default"}],"storages":[{"id":"s-1","name":"data1","bytesAvailable":1610612736,"usable":true,"clusters":["c-1"]}],"networks":[{"id":"n-1","name":"dmz-slow","network":"dmz"}]}""";
      case "VMS" -> Samples.VMS;
      case "LOADED" ->
          """
          {"items":[{"id":"v-1","name":"web01","power":"up","cluster":"Default","disks":1,"provisionedBytes":5,"load":{"bytesReadPerSecond":2048,"bytesWrittenPerSecond":1048576},"placement":{"dataCenter":"Default","host":"host1","storages":["data1","data2"],"tags":["prod"],"affinityGroups":[]}}]}""";
      case "SETTINGS" -> Samples.SETTINGS;
      case "POLICIES" -> "{\"items\":[" + Samples.POLICY + "]}";
      case "POLICY" -> Samples.POLICY;
      case "RUNS" -> Samples.RUNS;
      case "VM_STATES" -> Samples.VM_STATES;
      case "AUDIT" -> Samples.AUDIT;
      case "RUN" -> Samples.run("succeeded", "succeeded", 5);
      case "POINTS" -> Samples.POINTS;
      case "POINT" -> Samples.POINT;
      case "STATUS" ->
          """
          {"version":"0.1","status":"degraded","parts":[{"name":"database","status":"up","reason":"It answers"},{"name":"repository","status":"degraded","reason":"1 files are damaged or missing"}],"repository":{"directory":"/srv/backup","points":3,"reserveBytes":21474836480,"claimedBytes":5,"usedBytes":2097152,"freeBytes":1073741824,"diskFreeBytes":1,"findings":["points/a cannot be read"]},"queue":{"running":"r-1","waiting":2},"leftovers":1}""";
      case "NOTICES" ->
          """
          {"timeZone":"UTC","mail":{"server":"mail.example.com","port":587,"security":"starttls","from":"a@example.com","to":["ops@example.com","boss@example.com"],"when":["failed"]},"limits":{"parallelRuns":1,"slotCapacity":20,"readers":2,"batchSize":0},"keeping":{"holdsAllowed":false,"collectThresholdPercent":5}}""";
      case "TAKEN" -> "{\"taken\":true,\"detail\":\"mail to ops@example.com\"}";
      case "REPOSITORY" ->
          """
          {"directory":"/srv/backup","points":3,"claimedBytes":0,"usedBytes":7,"freeBytes":9,"diskFreeBytes":9,"findings":[]}""";
      case "LEFTOVERS" ->
          """
          {"items":[{"run":"r-1","site":"s-1","kind":"snapshot","reference":"b-1","since":"2026-11-21T05:30:00Z"}]}""";
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void aNoticeThatIsNotTakenIsAnError() throws IOException {
    server.on(
        "POST /settings/webhook/test", 200, "{\"taken\":false,\"detail\":\"it answered 403\"}");
    assertThat(terminal.run("notices", "test-webhook")).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(terminal.out()).contains("Not taken: it answered 403");
  }

  @Test
  void resizesTheReserve() throws IOException {
    server.on("PUT /repository/reserve", 200, sample("REPOSITORY"));
    assertThat(terminal.run("reserve", "1.5GiB")).as(terminal.err()).isZero();
    assertThat(json(server.lastBody())).isEqualTo(json("{\"bytes\":1610612736}"));
    assertThat(terminal.out()).contains("7 B used");
    assertThat(terminal.run("reserve", "20GB")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("'20GB' is not a size");
  }

  @Test
  void addsASiteWithThePasswordOfAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("pw"), "gehe\"im ö\nsecond line");
    Path ca = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
    server.on("POST /sites", 201, sample("SITE"));

    int code =
        terminal.run(
            "sites",
            "add",
            "Büro 1",
            "--url",
            "https://e/api",
            "--user",
            "admin@internal",
            "--password-file",
            file.toString(),
            "--ca",
            ca.toString());

    assertThat(code).as(terminal.err()).isZero();
    JsonNode sent = json(server.lastBody());
    assertThat(sent)
        .isEqualTo(
            json(
                """
                {"name":"Büro 1","kind":"ovirt","url":"https://e/api","username":"admin@internal","password":"gehe\\"im ö","trustedCertificates":"-----BEGIN CERTIFICATE-----\\n"}"""));
    assertThat(terminal.out()).contains("Büro 1").doesNotContain("gehe");
  }

  @Test
  void asksForThePasswordOnTheTerminal() throws IOException {
    server.on("POST /sites", 201, sample("SITE"));
    terminal.typingPassword("typed");
    assertThat(terminal.run("sites", "add", "x", "--url", "https://e", "--user", "u")).isZero();
    assertThat(json(server.lastBody()).path("password").asText()).isEqualTo("typed");
  }

  @Test
  void saysHowToGiveAPasswordWithoutATerminal() {
    int code = terminal.run("sites", "add", "x", "--url", "https://e", "--user", "u");
    assertThat(code).isEqualTo(2);
    assertThat(terminal.err()).contains("--password-file");
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void removesByNamesWithSpacesAndSlashes() {
    server.on("DELETE /sites/B%C3%BCro%201%2F2", 204, "");
    assertThat(terminal.run("sites", "remove", "Büro 1/2")).isZero();
    assertThat(terminal.out()).isEqualTo("Site Büro 1/2 is removed.\n");

    assertThat(terminal.run("sites", "remove", "Büro 1/2", "--json")).isZero();
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void addsAPolicyOfSeveralVms() throws IOException {
    server.on("POST /policies", 201, Samples.POLICY);
    int code =
        terminal.run(
            "policies",
            "add",
            "nightly",
            "--vm",
            "web01",
            "büro test",
            "--exclude-disk",
            "d-9",
            "--freeze",
            "require",
            "--disabled");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"name":"nightly","site":"s-1","enabled":false,"vms":["web01","büro test"],"excludedDisks":["d-9"],"freeze":"require"}"""));
  }

  @Test
  void addsAPolicyThatSelects() throws IOException {
    server.on("POST /policies", 201, Samples.POLICY);
    int code =
        terminal.run(
            "policies", "add", "p", "--select", "tag=prod", "name=web*", "--except", "tag=no");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(json(server.lastBody()).get("select"))
        .isEqualTo(json("[\"tag=prod\",\"name=web*\"]"));
    assertThat(json(server.lastBody()).get("except")).isEqualTo(json("[\"tag=no\"]"));
  }

  @Test
  void namesThePermitsThatTheServiceAccountLacksAndEndsWithEight() {
    server.on(
        "GET /sites/one/check",
        200,
        """
        {"product":"oVirt","version":"4.5.6","instance":"i","missingPermits":[{"permit":"backup_disk","need":"backing disks up"}]}""");
    assertThat(terminal.run("sites", "check", "one")).isEqualTo(ExitCode.WARNINGS);
    assertThat(terminal.out())
        .contains("lacks the permit backup_disk: needed for backing disks up");
  }

  @Test
  void sendsWhereNicsShallGo() throws IOException {
    server.on("POST /restores", 200, Samples.PLAN);
    int code =
        terminal.run(
            "restore",
            "rp-1",
            "--as-new",
            "x",
            "--network",
            "old=new",
            "--network",
            "gone=",
            "--permissions",
            "--dry-run");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(json(server.lastBody()).get("networks"))
        .isEqualTo(json("{\"old\":\"new\",\"gone\":\"\"}"));
    assertThat(json(server.lastBody()).get("permissions").asBoolean()).isTrue();
  }

  @Test
  void addsAPolicyWithoutExcludedDisks() throws IOException {
    server.on("POST /policies", 201, Samples.POLICY);
    assertThat(terminal.run("policies", "add", "nightly", "--vm", "a", "--vm", "b")).isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"name":"nightly","site":"s-1","enabled":true,"vms":["a","b"],"excludedDisks":[],"freeze":"none"}"""));
  }

  @Test
  void switchesAPolicyAndLeavesTheRestAsItWas() throws IOException {
    server.on("GET /policies/nightly", 200, Samples.POLICY);
    server.on("PUT /policies/p-1", 200, Samples.POLICY);
    assertThat(terminal.run("policies", "disable", "nightly")).isZero();
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json(
                """
                {"name":"nightly","site":"s-1","vms":["v-1","v-2"],"excludedDisks":["d-9"],"freeze":"try","enabled":false}"""));
  }

  @Test
  void removesAPolicy() {
    server.on("DELETE /policies/nightly", 204, "");
    assertThat(terminal.run("policies", "remove", "nightly")).isZero();
    assertThat(terminal.out()).contains("nightly is removed");
  }

  @Test
  void cancelsARun() {
    server.on("POST /runs/r-1/cancel", 202, Samples.run("running", "reading", 5));
    assertThat(terminal.run("runs", "cancel", "r-1")).isZero();
    assertThat(terminal.out()).contains("r-1 is told to stop");
  }

  @Test
  void verifiesTheNewestPointOfAVm() {
    server.on("GET /points?site=s-1&vm=b%C3%BCro%20test&limit=1", 200, Samples.POINTS);
    server.on(
        "POST /points/rp-1/verify",
        200,
        "{\"point\":\"rp-1\",\"chunksChecked\":7,\"bytesRead\":1024,\"ok\":true,\"problems\":[]}");
    assertThat(terminal.run("points", "verify", "latest:büro test")).isZero();
    assertThat(terminal.out()).contains("7 chunks checked, 1.0 KiB read, all sound");
  }

  @Test
  void endsWithNineWhenAPointIsCorrupt() {
    server.on(
        "POST /points/rp-1/verify",
        200,
        """
        {"point":"rp-1","chunksChecked":7,"bytesRead":1024,"ok":false,"problems":["Chunk 3 of web01_Disk1 is gone"]}""");
    assertThat(terminal.run("points", "verify", "rp-1")).isEqualTo(9);
    assertThat(terminal.out()).contains("CORRUPT").contains("Chunk 3 of web01_Disk1 is gone");
  }

  @Test
  void wantsASiteNamedWhenThereAreSeveral() throws IOException {
    try (FakeServer two = new FakeServer().on("GET /sites", 200, Samples.TWO_SITES)) {
      two.on("GET /sites/two", 200, "{\"id\":\"s-2\",\"name\":\"two\"}");
      two.on("GET /sites/s-2/vms", 200, Samples.VMS);
      terminal.with("STILLPOINT_SERVER", two.url());
      assertThat(terminal.run("vms", "list")).isEqualTo(2);
      assertThat(terminal.err()).contains("2 sites").contains("--site");
      assertThat(terminal.run("vms", "list", "--site", "two")).isZero();
    }
  }

  @Test
  void saysHowToAddTheFirstSite() throws IOException {
    try (FakeServer none = new FakeServer().on("GET /sites", 200, "{\"items\":[]}")) {
      terminal.with("STILLPOINT_SERVER", none.url());
      assertThat(terminal.run("vms", "list")).isEqualTo(3);
      assertThat(terminal.err()).contains("stillpoint sites add");
    }
  }
}
