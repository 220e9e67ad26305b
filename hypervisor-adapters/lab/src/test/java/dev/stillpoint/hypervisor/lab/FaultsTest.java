package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;
  private String vm;
  private String disk;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(LabConfig.inDirectory(dir));
    api = ApiClient.of(lab);
    vm = lab.vmId("web01");
    disk = lab.diskIds(vm).get(0);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void theWebServerAnswers503InHtmlAsOftenAsWanted() {
    lab.faults().turnOnFor(Switch.API_503, 2);
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = api.call("GET", "/vms", "");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }
    assertThat(api.call("GET", "/vms", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aSilentEngineNeverAnswers() {
    lab.faults().turnOnFor(Switch.API_SILENT, 1);
    assertSilent(Switch.API_SILENT, api.request("/ovirt-engine/api"));
    assertThat(api.call("GET", "/vms", "").statusCode()).isEqualTo(200);
  }

  @Test
  void anExpiredTokenStaysExpired() {
    lab.faults().turnOnFor(Switch.TOKEN_EXPIRED, 1);
    assertThat(api.call("GET", "/vms", "").statusCode()).isEqualTo(401);
    assertThat(api.call("GET", "/vms", "").statusCode()).isEqualTo(401);
    assertThat(ApiClient.of(lab).call("GET", "/vms", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aBackupMayFailInsteadOfBecomingReadyAndLeavesNothing() {
    lab.faults().turnOnFor(Switch.BACKUP_FAILS, 1);
    String backup = begin("");
    assertThat(api.watch(backup, "phase", "failed")).isSubsetOf(List.of("starting", "failed"));
    assertThat(lab.leftovers()).isEmpty();
    assertThat(lab.checkpoints(vm)).isEmpty();
  }

  @Test
  void aMissingBitmapRefusesTheTransferAndTheBackupStaysReady() {
    String full = ready("");
    end(full);
    lab.faults().turnOnFor(Switch.BITMAP_MISSING, 1);
    String incremental = ready(lab.checkpoints(vm).get(0));
    assertThat(api.refused("POST", "/imagetransfers", download(incremental))).isEqualTo("400 []");
    assertThat(api.get(incremental).textAt("phase")).hasValue("ready");
    end(incremental);
  }

  @Test
  void dirtyExtentsMayBeMissing() throws IOException {
    end(ready(""));
    ImageClient image = open(ready(lab.checkpoints(vm).get(0)));
    lab.faults().turnOnFor(Switch.DIRTY_404, 1);
    assertThat(image.send(image.request("/extents?context=dirty")).statusCode()).isEqualTo(404);
    assertThat(image.send(image.request("/extents?context=dirty")).statusCode()).isEqualTo(200);
  }

  @Test
  void aTicketMayDieInTheMiddleOfATransfer() throws IOException {
    ImageClient image = open(ready(""));
    lab.faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 100_000, 1);
    assertThat(image.get(0, 65_536).statusCode()).isEqualTo(206);
    assertThat(image.get(0, 65_536).statusCode()).isEqualTo(206);
    assertThat(image.get(0, 65_536).statusCode()).isEqualTo(403);
    assertThat(image.get(0, 1).statusCode()).isEqualTo(403);
  }

  @Test
  void aDataConnectionMayDropBothWays() throws IOException {
    ImageClient image = open(ready(""));
    lab.faults().turnOnAfter(Switch.IMAGEIO_DROP_AFTER, 70_000, 1);
    assertThatThrownBy(() -> image.get(0, 1 << 20)).isInstanceOf(IOException.class);
    assertThat(image.get(0, 1 << 20).body()).hasSize(1 << 20);

    ImageClient target = uploadTarget();
    lab.faults().turnOnAfter(Switch.IMAGEIO_DROP_AFTER, 1 << 20, 1);
    assertThatThrownBy(() -> target.put(0, new byte[8 << 20])).isInstanceOf(IOException.class);
    assertThat(target.put(0, new byte[8 << 20]).statusCode()).isEqualTo(200);
  }

  @Test
  void theDataEndpointMayFallSilent() throws IOException {
    ImageClient image = open(ready(""));
    lab.faults().turnOnFor(Switch.IMAGEIO_SILENT, 1);
    assertSilent(Switch.IMAGEIO_SILENT, image.request("").header("Range", "bytes=0-9"));
    assertThat(image.get(0, 10).statusCode()).isEqualTo(206);
  }

  /** Time runs from when the request has come: only then nothing else can meet the switch. */
  private void assertSilent(Switch fault, HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<Void>> answer =
        HttpClient.newHttpClient().sendAsync(request.build(), BodyHandlers.discarding());
    for (int i = 0; i < 12_000 && lab.faults().isOn(fault); i++) {
      ApiClient.pause();
    }
    assertThat(lab.faults().isOn(fault)).as("the request has not come").isFalse();
    assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    answer.cancel(true);
  }

  @Test
  void aNewDiskMayStayLocked() {
    lab.faults().turnOnFor(Switch.DISK_STAYS_LOCKED, 1);
    String path = "/disks/" + api.post("/disks", newDisk()).id().orElseThrow();
    for (int i = 0; i < 30; i++) {
      assertThat(api.get(path).textAt("status")).hasValue("locked");
      ApiClient.pause();
    }
    assertThat(lab.leftovers()).anyMatch(line -> line.endsWith("is locked"));
  }

  @Test
  void aFullDomainTakesNoDisk() {
    lab.faults().turnOn(Switch.DOMAIN_FULL);
    assertThat(api.refused("POST", "/disks", newDisk()))
        .isEqualTo("409 [Cannot add Virtual Disk. Low disk space on Storage Domain data1.]");
    lab.faults().turnOff(Switch.DOMAIN_FULL);
    assertThat(api.post("/disks", newDisk()).id()).isPresent();
  }

  @Test
  void theRecordOfABackupMayBeGoneWhenItEnds() {
    lab.faults().turnOnFor(Switch.BACKUP_RECORD_GONE, 1);
    String backup = ready("");
    api.post(backup + "/finalize", "<action/>");
    api.waitUntilGone(backup);
    assertThat(lab.checkpoints(vm)).hasSize(1);
  }

  @Test
  void phasesMayBeUnheardOf() {
    String backup = ready("");
    lab.faults().turnOn(Switch.UNKNOWN_PHASE);
    assertThat(api.get(backup).textAt("phase")).hasValue("pondering");
    lab.faults().clear();
    assertThat(api.get(backup).textAt("phase")).hasValue("ready");
  }

  private String begin(String from) {
    String origin = from.isEmpty() ? "" : "<from_checkpoint_id>" + from + "</from_checkpoint_id>";
    String body = "<backup>" + origin + "<disks><disk id=\"" + disk + "\"/></disks></backup>";
    String path = "/vms/" + vm + "/backups";
    return path + "/" + api.post(path, body).id().orElseThrow();
  }

  private String ready(String from) {
    String backup = begin(from);
    api.watch(backup, "phase", "ready");
    return backup;
  }

  private void end(String backup) {
    api.post(backup + "/finalize", "<action/>");
    api.watch(backup, "phase", "succeeded");
  }

  private String download(String backup) {
    return "<image_transfer><disk id=\""
        + disk
        + "\"/><backup id=\""
        + backup.replaceAll(".*/", "")
        + "\"/><direction>download</direction><format>raw</format></image_transfer>";
  }

  private ImageClient open(String backup) {
    return client(api.post("/imagetransfers", download(backup)));
  }

  private static ImageClient client(Element transfer) {
    return new ImageClient(transfer.textAt("transfer_url").orElseThrow());
  }

  private static String newDisk() {
    return "<disk><name>new</name><format>cow</format><provisioned_size>16777216</provisioned_size>"
        + "<storage_domains><storage_domain><name>data1</name></storage_domain></storage_domains>"
        + "</disk>";
  }

  private ImageClient uploadTarget() {
    String id = api.post("/disks", newDisk()).id().orElseThrow();
    api.watch("/disks/" + id, "status", "ok");
    return client(
        api.post(
            "/imagetransfers",
            "<image_transfer><disk id=\"" + id + "\"/><format>raw</format></image_transfer>"));
  }
}
