package dev.stillpoint.hypervisor.lab.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stillpoint.hypervisor.lab.ApiClient;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.fleet.LabFleet;
import dev.stillpoint.hypervisor.lab.model.LabTimes;
import dev.stillpoint.hypervisor.lab.rest.Account;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The lab answers what a real engine answered, in the same states. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingsTest {
  private static final String TEXT =
      "Restore me, please; 64 bytes of plain text in an image, 1234567\n";

  @TempDir Path dir;

  private final Set<String> replayed = new HashSet<>();
  private LabEngine lab;
  private ApiClient api;
  private Replay replay;

  @BeforeEach
  void start() throws IOException {
    LabConfig config =
        base(dir)
            .withFleet(LabFleet.empty())
            .withTimes(LabTimes.quick().withRetention(Duration.ofMinutes(5)))
            .withAccounts(
                List.of(
                    Account.administrator("admin@internal", "password"),
                    Account.plain("user@internal", "password", Set.of("gold-33678"))));
    lab = LabEngine.start(config);
    api = ApiClient.of(lab);
    replay = new Replay(api, lab.engineUrl());
  }

  LabConfig base(Path directory) {
    return LabConfig.inDirectory(directory);
  }

  @AfterEach
  void stop() {
    if (lab != null) {
      replayed.addAll(replay.sent());
      lab.close();
    }
  }

  @AfterAll
  void everyRecordingIsReplayedOrHasAReasonNotToBe() throws IOException, URISyntaxException {
    assumeFalse(replayed.isEmpty(), "the lab's host is not installed");
    Set<String> known = new TreeSet<>(replayed);
    known.addAll(Allowed.NOT_REPLAYED.keySet());
    Path folder = Path.of(RecordingsTest.class.getResource("/recordings").toURI());
    try (var files = Files.list(folder)) {
      Set<String> all =
          files
              .map(file -> file.getFileName().toString().replace(".txt", ""))
              .collect(Collectors.toSet());
      assertThat(known).containsExactlyInAnyOrderElementsOf(all);
    }
    assertThat(replayed).doesNotContainAnyElementsOf(Allowed.NOT_REPLAYED.keySet());
  }

  @Test
  void logins() {
    replay.send("01-sso-token-ok");
    replay.send("02-sso-token-denied");
    replay.send("03-sso-token-info-validate");
    replay.send("04-sso-token-info-no-client");
    replay.send("06-api-root");
    replay.send("07-401-no-credentials");
    replay.send("05-sso-logout-ok");
    replay.send("08-401-revoked-token");
  }

  @Test
  void inventoryAndPlainMistakes() {
    replay.send("10-404-vm");
    replay.send("11-404-unknown-path");
    replay.send("12-400-unknown-element");
    replay.send("13-409-raw-incremental");
    replay.send("14-clusters");
    replay.send("17-hosts");
    replay.send("15-datacenter-storagedomains");
    replay.send("16-storagedomains-json");
    replay.send("18-vms-empty");
    replay.send("19-vms-empty-json");
  }

  @Test
  void aDiskIsUploadedPausedResumedAndFinished() throws IOException {
    String transfer = upload();
    String images = lab.imageUrl();
    replay.send("26-upload-transferring-json");
    replay.send("37-imageio-options-rw", images);
    replay.send("38-imageio-put", images);
    replay.send("39-imageio-patch-zero", images);
    replay.send("40-imageio-patch-flush", images);
    replay.send("42-imageio-dirty-404", images);
    replay.send("27-upload-pause-action");
    replay.send("28-upload-paused_user");
    lookAfter(transfer + "/resume", "29-upload-resumed-resuming");
    lab.goOn();
    assertThat(api.watch(transfer, "phase", "transferring"))
        .isSubsetOf(List.of("resuming", "transferring"));
    lookAfter(transfer + "/finalize", "30-upload-finalizing_success");
    lab.goOn();
    api.watch(transfer, "phase", "finished_success");
    replay.send("31-upload-finished_success");
    replay.send("49-imageio-unknown-ticket-403", images);
  }

  @Test
  void aCancelledUploadTakesItsDiskWithIt() {
    String transfer = upload();
    replay.learn("2b4ac94e-1488-4d1f-8073-3dbf0d2f73d5", transfer.replaceAll(".*/", ""));
    lookAfter(transfer + "/cancel", "32-upload-cancel-cancelled_user");
    assertThat(api.watchSteps(lab, transfer, "phase", "finished_cleanup"))
        .containsExactly("cancelled_user", "finalizing_cleanup", "finished_cleanup");
    replay.send("33-upload-cancel-finished_cleanup");
    assertThat(api.refused("GET", "/disks/" + disk(), "")).isEqualTo("404");
  }

  @Test
  void idleTransfersAreStoppedByTheEngine() {
    createDisk();
    String idle = "<inactivity_timeout>1</inactivity_timeout>";
    String upload = open("<direction>upload</direction><format>raw</format>" + idle);
    replay.learn("08ea8e73-5c37-4d14-906c-87fd1b98b60b", upload.replaceAll(".*/", ""));
    api.watch(upload, "phase", "paused_system");
    replay.send("34-upload-idle-paused_system");
    finish(upload);

    lab.hold();
    String download = open("<direction>download</direction><format>raw</format>" + idle);
    replay.learn("f39735bd-26e8-4a69-9dc2-3f32678de6d9", download.replaceAll(".*/", ""));
    api.watchSteps(lab, download, "phase", "cancelled_system");
    replay.send("35-download-idle-cancelled_system");
    lab.goOn();
    assertThat(api.watch(download, "phase", "finished_failure"))
        .isSubsetOf(List.of("cancelled_system", "finalizing_failure", "finished_failure"));
    replay.send("36-download-idle-finished_failure");
    assertThat(api.get("/disks/" + disk()).textAt("status")).hasValue("ok");
  }

  @Test
  void aVmIsMadeStartedAndLookedAt() {
    createDisk();
    createVm();
    replay.send("52-cdrom-current-on-down-vm-409");
    startVm();
    replay.send("54-vm-up-json");
    replay.send("55-vm-start-again-action-fault-409");
    replay.send("56-vm-start-again-action-fault-409-json");
    api.post(
        "/vms/" + vm() + "/nics",
        "<nic><name>nic1</name><interface>virtio</interface><vnic_profile id=\""
            + api.get("/vnicprofiles").children().get(0).id().orElseThrow()
            + "\"/></nic>");
    api.post("/tags", "<tag><name>policy-gold</name></tag>");
    api.post("/vms/" + vm() + "/tags", "<tag><name>policy-gold</name></tag>");
    replay.send("57-vms-follow");
    replay.send("58-vm-all-content");
    replay.send("59-disk-statistics");
    makeIso();
    replay.send("60-cdrom-put-current");
    String drive = "/vms/" + vm() + "/cdroms/00000000-0000-0000-0000-000000000000?current=true";
    api.call("PUT", drive, "<cdrom><file id=\"\"/></cdrom>");
    replay.send("61-cdrom-get-current-empty");
    replay.send("93-snapshot-deleted-404-fault");
    api.post("/vms/" + vm() + "/stop", "<action/>");
    api.watch("/vms/" + vm(), "status", "down");
    replay.send("94-disk-delete-async-202");
    api.waitUntilGone("/disks/" + disk());
  }

  @Test
  void eventsAndJobsOfOthersAreShown() {
    createDisk();
    createVm();
    startVm();
    replay.send("62-event-post");
    replay.send("63-event-post-duplicate-400");
    assertThat(api.get("/events?search=origin%3Dvendor-backup").children()).hasSize(1);
    assertThat(api.get("/events?search=origin%3Dother").children()).isEmpty();
    assertThat(api.get("/events?search=nonsense").children()).isEmpty();
    replay.send("64-job-post");
    replay.send("65-step-post");
    String job = "/jobs/" + id("a26e505c-481d-4ba4-84d3-067b242a8e12");
    assertThat(lab.runningJobs()).containsExactly("Backup of gold");
    String done = "<action><succeeded>true</succeeded></action>";
    api.post(job + "/steps/" + id("6c4c2273-63af-4504-95a7-143291ec152f") + "/end", done);
    api.post(job + "/end", done);
    replay.send("66-job-get-finished");
    assertThat(lab.runningJobs()).isEmpty();
  }

  @Test
  void aPlainUserSeesHisVmAndMayNotBackItUp() {
    createDisk();
    createVm();
    startVm();
    Replay user =
        new Replay(new ApiClient(lab.engineUrl(), "user@internal", "password"), lab.engineUrl());
    user.learn("e1562eeb-8104-4a66-b721-a18e64bb4382", vm());
    user.learn("e16547a2-656f-4beb-93b0-431bcd683eab", disk());
    user.send("20-user-vms-filter-true");
    user.send("21-user-backup-403");
    replayed.addAll(user.sent());
  }

  @Test
  void aFullAndAnIncrementalBackup() {
    createDisk();
    fill();
    createVm();
    startVm();
    replay.send("88-backup-no-disks-400");
    replay.send("87-backup-unknown-checkpoint-400");
    lab.hold();
    replay.send("67-hybrid-full-post-starting");
    String full = "/vms/" + vm() + "/backups/" + id("ca7ed3e5-cbeb-4726-b5b1-6154eb3d1d3c");
    assertThat(api.watchSteps(lab, full, "phase", "ready")).containsExactly("starting", "ready");
    lab.goOn();
    replay.send("68-hybrid-full-ready");
    replay.send("69-hybrid-full-ready-json");
    replay.send("70-hybrid-full-second-backup-409");
    replay.send("71-hybrid-full-transfer-cow-400");
    downloadOfFull();
    replay.send("73-hybrid-full-finalize-open-transfer-409");
    finish("/imagetransfers/" + id("33925b0c-cafc-4527-9e2f-ee1757e7bb98"));
    lab.hold();
    api.post(full + "/finalize", "<action/>");
    api.watchSteps(lab, full, "phase", "finalizing");
    replay.send("74-hybrid-full-final-finalizing");
    lab.goOn();
    assertThat(api.watch(full, "phase", "succeeded"))
        .isSubsetOf(List.of("finalizing", "succeeded"));
    replay.send("75-hybrid-full-final-succeeded");
    replay.send("76-hybrid-full-finalize-again-400");
    replay.send("85-checkpoints");
    replay.send("86-checkpoint-json");
    incremental();
  }

  private void downloadOfFull() {
    learnTicket(
        "7254d741-5b9b-4804-ac0b-2ed646e77a29", replay.send("72-hybrid-full-download-post-201"));
    String images = lab.imageUrl();
    replay.send("43-imageio-options-ro", images);
    String extents = replay.send("44-imageio-extents-zero", images).body().strip();
    assertThat(extents).isEqualTo(Recording.load("44-imageio-extents-zero").answerBody().strip());
    assertThat(replay.send("46-imageio-get-206", images).body()).isEqualTo(TEXT);
    replay.send("47-imageio-get-416", images);
    replay.send("48-imageio-put-readonly-403", images);
  }

  private void finish(String transfer) {
    api.post(transfer + "/finalize", "<action/>");
    api.watch(transfer, "phase", "finished_success");
  }

  private void incremental() {
    lab.guests().write(disk(), 8 << 20, "B".repeat(128 << 10).getBytes(StandardCharsets.US_ASCII));
    String from = lab.checkpoints(vm()).get(0);
    String body =
        "<backup><from_checkpoint_id>"
            + from
            + "</from_checkpoint_id><disks><disk id=\""
            + disk()
            + "\"/></disks></backup>";
    String backup = api.post("/vms/" + vm() + "/backups", body).id().orElseThrow();
    replay.learn("f1c12aac-2988-4476-a668-e1f1872ecc3b", backup);
    api.watch("/vms/" + vm() + "/backups/" + backup, "phase", "ready");
    replay.send("77-hybrid-incr-ready");
    replay.send("78-hybrid-incr-disks");
    String transfer =
        open("<backup id=\"" + backup + "\"/><direction>download</direction><format>raw</format>");
    replay.learn(
        "884030d0-947f-4791-9dc9-3bf4d7a01a49",
        api.get(transfer).textAt("transfer_url").orElseThrow().replaceAll(".*/", ""));
    String extents = replay.send("45-imageio-extents-dirty", lab.imageUrl()).body().strip();
    assertThat(extents).isEqualTo(Recording.load("45-imageio-extents-dirty").answerBody().strip());
    end(transfer, "/vms/" + vm() + "/backups/" + backup);
  }

  private void end(String transfer, String backup) {
    finish(transfer);
    api.post(backup + "/finalize", "<action/>");
    api.watch(backup, "phase", "succeeded");
  }

  @Test
  void backupsWithoutASnapshot() {
    createDisk();
    createVm();
    startVm();
    new LegacyFlow(lab, api, replay).run(vm(), disk());
  }

  private String id(String recorded) {
    return replay.translated(recorded);
  }

  private String disk() {
    return id("e16547a2-656f-4beb-93b0-431bcd683eab");
  }

  private String vm() {
    return id("e1562eeb-8104-4a66-b721-a18e64bb4382");
  }

  private void createDisk() {
    replay.send("22-disk-post");
    api.watch("/disks/" + disk(), "status", "ok");
    replay.send("23-disk-ok");
    replay.send("24-disk-ok-json");
  }

  /** What the real disk held when the recordings were made. */
  private void fill() {
    lab.guests().write(disk(), 0, "A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
    lab.guests().write(disk(), 2 << 20, TEXT.getBytes(StandardCharsets.US_ASCII));
    lab.guests().write(disk(), 4 << 20, new byte[1 << 20]);
  }

  private void createVm() {
    replay.send("50-vm-post");
    replay.send("51-diskattachment-post");
  }

  private void startVm() {
    replay.send("53-vm-start");
    api.watch("/vms/" + vm(), "status", "up");
  }

  /** What the engine answers to an action, it shows until it goes on. */
  private void lookAfter(String action, String recording) {
    lab.hold();
    api.post(action, "<action/>");
    replay.send(recording);
  }

  /** The image that lay in the real VM's drive. */
  private void makeIso() {
    String domain = api.get("/storagedomains").children().get(0).id().orElseThrow();
    Element iso =
        api.post(
            "/disks",
            "<disk><name>tools.iso</name><content_type>iso</content_type><format>raw</format>"
                + "<provisioned_size>1048576</provisioned_size><storage_domains>"
                + "<storage_domain id=\""
                + domain
                + "\"/></storage_domains></disk>");
    replay.learn("29be6860-88ae-436b-baf7-6cd1f00f9ab7", iso.id().orElseThrow());
  }

  private String upload() {
    createDisk();
    learnTicket("9453bebf-6ede-40d0-9924-1bee8c90c880", replay.send("25-upload-post"));
    return "/imagetransfers/" + id("d8883434-1e33-44ad-b419-e93e238719f2");
  }

  private void learnTicket(String recorded, HttpResponse<String> answer) {
    replay.learn(
        recorded, answer.body().replaceAll("(?s).*<transfer_url>[^<]*/images/([^<]+)<.*", "$1"));
  }

  private String open(String parts) {
    Element transfer =
        api.post(
            "/imagetransfers",
            "<image_transfer><disk id=\"" + disk() + "\"/>" + parts + "</image_transfer>");
    return "/imagetransfers/" + transfer.id().orElseThrow();
  }
}
