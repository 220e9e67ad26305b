package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CD drives as the engine has them. */
class DriveTest {
  private static final String NONE = "/cdroms/00000000-0000-0000-0000-000000000000";

  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;
  private String drive;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(LabConfig.inDirectory(dir));
    api = ApiClient.of(lab);
    drive = "/vms/" + lab.vmId("web01") + NONE;
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void whatIsConfiguredIsLoadedAtTheNextStart() {
    String iso = iso("a.iso");
    insert(iso, "");
    assertThat(api.get(drive + "?current=true").find("file")).isEmpty();
    lab.power(lab.vmId("web01"), false);
    lab.power(lab.vmId("web01"), true);
    assertThat(api.get(drive + "?current=true").idAt("file")).hasValue(iso);
  }

  @Test
  void anImageThatIsConfiguredSomewhereIsNotRemovedAndOneThatIsOnlyLoadedIs() {
    String configured = iso("a.iso");
    insert(configured, "");
    assertThat(api.refused("DELETE", "/disks/" + configured, "")).startsWith("409");
    assertThat(lab.leftovers()).isEmpty();
    String loaded = iso("b.iso");
    insert(loaded, "?current=true");
    api.call("DELETE", "/disks/" + loaded, "");
    api.waitUntilGone("/disks/" + loaded);
  }

  @Test
  void aTrayThatTheGuestHoldsIsNotOpened() {
    insert(iso("a.iso"), "?current=true");
    lab.faults().turnOn(Switch.TRAY_LOCKED);
    assertThat(api.refused("PUT", drive + "?current=true", "<cdrom><file id=\"\"/></cdrom>"))
        .startsWith("400")
        .contains("might be still in use");
  }

  @Test
  void aDiskThatIsNoImageIsRefused() {
    String disk = lab.diskIds(lab.vmId("db01")).get(0);
    assertThat(api.refused("PUT", drive, "<cdrom><file id=\"" + disk + "\"/></cdrom>"))
        .startsWith("400");
  }

  @Test
  void aDiskNameHasNoBlanks() {
    assertThat(api.refused("POST", "/disks", body("my file.iso"))).startsWith("400");
  }

  private void insert(String iso, String query) {
    api.call("PUT", drive + query, "<cdrom><file id=\"" + iso + "\"/></cdrom>");
  }

  private String iso(String name) {
    String id = api.post("/disks", body(name)).id().orElseThrow();
    api.watch("/disks/" + id, "status", "ok");
    return id;
  }

  private String body(String name) {
    String domain = api.get("/storagedomains").children().get(0).id().orElseThrow();
    return "<disk><name>"
        + name
        + "</name><content_type>iso</content_type><format>raw</format>"
        + "<provisioned_size>1048576</provisioned_size><storage_domains><storage_domain id=\""
        + domain
        + "\"/></storage_domains></disk>";
  }
}
