package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.doc.Element;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCallsTest {
  private static final String DISK_ID = "d15c0000-0000-4000-8000-000000000001";

  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient api;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(config(dir));
    api = ApiClient.of(lab);
  }

  LabConfig config(Path directory) throws IOException {
    return LabConfig.inDirectory(directory);
  }

  @AfterEach
  void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aVmIsBuiltFromItsParts() {
    Element vm =
        api.post(
            "/vms",
            "<vm><name>rückkehr &amp; co</name><description>d</description><memory>536870912</memory>"
                + "<cluster><name>Default</name></cluster><template><name>Blank</name></template>"
                + "<cpu><topology><cores>2</cores><sockets>3</sockets></topology></cpu>"
                + "<bios><type>q35_sea_bios</type></bios><os><type>rhel_9x64</type><boot><devices>"
                + "<device>cdrom</device><device>hd</device></devices></boot></os>"
                + "<high_availability><enabled>true</enabled></high_availability></vm>");
    String path = "/vms/" + vm.id().orElseThrow();
    Element read = api.get(path);
    assertThat(read.textAt("name")).hasValue("rückkehr & co");
    assertThat(read.textAt("memory_policy/guaranteed")).hasValue("536870912");
    assertThat(read.textAt("cpu/topology/sockets")).hasValue("3");
    assertThat(read.textAt("cpu/topology/threads")).hasValue("1");
    assertThat(read.textAt("bios/boot_menu/enabled")).hasValue("false");
    assertThat(read.textAt("high_availability/enabled")).hasValue("true");
    assertThat(read.find("os/boot/devices").orElseThrow().children().stream().map(Element::text))
        .containsExactly("cdrom", "hd");
    assertThat(read.textAt("status")).hasValue("down");

    api.call("PUT", path, "<vm><description>other</description><memory>1073741824</memory></vm>");
    Element changed = api.get(path);
    assertThat(changed.textAt("description")).hasValue("other");
    assertThat(changed.textAt("memory_policy/max")).hasValue("4294967296");
    assertThat(changed.textAt("cpu/topology/sockets")).hasValue("3");
  }

  @Test
  void namesOfVmsAreUnique() {
    assertThat(api.refused("POST", "/vms", "<vm><name>web01</name></vm>"))
        .startsWith("409 [Cannot add VM. The VM name is already in use");
    assertThat(api.refused("PUT", "/vms/" + lab.vmId("db01"), "<vm><name>web01</name></vm>"))
        .startsWith("409");
    assertThat(api.refused("POST", "/vms", "<vm/>")).startsWith("400");
  }

  @Test
  void searchFindsByNameAndIdAndOtherwiseNothing() {
    assertThat(api.get("/vms?search=name%3Dweb01").children()).hasSize(1);
    assertThat(api.get("/vms?search=name%3D%22b%C3%BCro%20test%22").children()).hasSize(1);
    assertThat(api.get("/vms?search=id%3D" + lab.vmId("db01")).children()).hasSize(1);
    assertThat(api.get("/vms?search=name%3D*01").children()).hasSize(4);
    assertThat(api.get("/vms?search=name%3D*01%20and%20status%3Ddown").children()).hasSize(1);
    assertThat(api.get("/vms?search=name%3Dnobody").children()).isEmpty();
    assertThat(api.get("/vms?search=foo%3D").children()).isEmpty();
    assertThat(api.get("/vms?search=name%3D*01%20page%202").children()).isEmpty();
    assertThat(api.get("/vms?max=2").children()).hasSize(2);
  }

  @Test
  void anAdministratorWhoAsksForAFilteredViewSeesNothing() {
    Map<String, String> filtered = Map.of("Accept", "application/xml", "filter", "true");
    assertThat(ApiClient.parse(api.call("GET", "/vms", "", filtered).body()).children()).isEmpty();
    assertThat(api.get("/vms?filter=false").children()).hasSize(5);
  }

  @Test
  void networkCardsGetAMacAndNoMacIsUsedTwice() {
    String nics = "/vms/" + lab.vmId("files01") + "/nics";
    String profile = api.get("/vnicprofiles").children().get(1).id().orElseThrow();
    Element nic =
        api.post(
            nics,
            "<nic><name>nic7</name><interface>virtio</interface><vnic_profile id=\""
                + profile
                + "\"/></nic>");
    String mac = nic.textAt("mac/address").orElseThrow();
    assertThat(mac).startsWith("56:6f:");
    assertThat(nic.idAt("vnic_profile")).hasValue(profile);
    String second =
        "<nic><name>n</name><mac><address>"
            + mac.toUpperCase(Locale.ROOT)
            + "</address></mac></nic>";
    assertThat(api.refused("POST", nics, second))
        .isEqualTo("409 [MAC Address " + mac + " is already in use by VM or snapshot: files01.]");
    assertThat(api.refused("POST", nics, "<nic><name>nic7</name></nic>"))
        .isEqualTo("409 [Network interface name is already in use]");

    String path = nics + "/" + nic.id().orElseThrow();
    api.call("PUT", path, "<nic><linked>false</linked></nic>");
    assertThat(api.get(path).textAt("linked")).hasValue("false");
    assertThat(api.get(path).textAt("mac/address")).hasValue(mac);
    api.call("DELETE", path, "");
    assertThat(api.refused("GET", path, "")).isEqualTo("404");
  }

  @Test
  void aDiskIsUploadedVerifiedAttachedAndRemoved() throws IOException {
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    createDisk();
    Element transfer =
        api.post(
            "/imagetransfers",
            "<image_transfer><disk id=\"" + DISK_ID + "\"/><format>raw</format></image_transfer>");
    ImageClient image = new ImageClient(transfer.textAt("transfer_url").orElseThrow());
    assertThat(image.put(65_536, content).statusCode()).isEqualTo(200);
    String zero = "{\"op\":\"zero\",\"offset\":65536,\"size\":4096}";
    assertThat(image.patch(zero).statusCode()).isEqualTo(200);
    Arrays.fill(content, 0, 4096, (byte) 0);
    assertThat(image.patch("{\"op\":\"flush\"}").statusCode()).isEqualTo(200);
    assertThat(image.get(65_536, content.length).body()).isEqualTo(content);
    assertThat(image.extents("zero").get(0).get("hole").asBoolean()).isTrue();
    assertThat(api.get("/disks/" + DISK_ID).textAt("status")).hasValue("locked");
    assertThat(api.refused("DELETE", "/disks/" + DISK_ID, "")).contains("locked");
    String path = "/imagetransfers/" + transfer.id().orElseThrow();
    api.post(path + "/finalize", "<action/>");
    api.watch(path, "phase", "finished_success");
    assertThat(lab.leftovers()).containsExactly("disk restored is attached to no VM");

    attachToFiles();
    assertThat(lab.leftovers()).isEmpty();
    String vm = lab.vmId("files01");
    assertThat(api.refused("POST", "/vms/" + vm + "/diskattachments", attachment("false")))
        .contains("already attached");
    lab.power(vm, true);
    assertThat(api.refused("DELETE", "/disks/" + DISK_ID, "")).contains("not down");
    assertThat(api.refused("POST", "/imagetransfers", uploadAgain())).contains("non-Down VMs");
    lab.power(vm, false);
    api.call("DELETE", "/disks/" + DISK_ID + "?async=true", "");
    api.waitUntilGone("/disks/" + DISK_ID);
    assertThat(lab.diskIds(vm)).doesNotContain(DISK_ID);
  }

  @Test
  void aVmIsRemovedWithOrWithoutItsDisks() {
    String vm = lab.vmId("files01");
    String disk = lab.diskIds(vm).get(0);
    assertThat(api.refused("DELETE", "/vms/" + lab.vmId("web01"), "")).contains("VM is running");
    api.call("DELETE", "/vms/" + vm + "?detach_only=true", "");
    assertThat(api.refused("GET", "/vms/" + vm, "")).isEqualTo("404");
    assertThat(api.get("/disks/" + disk).textAt("status")).hasValue("ok");

    String other = lab.vmId("legacy01");
    String otherDisk = lab.diskIds(other).get(0);
    lab.power(other, false);
    api.call("DELETE", "/vms/" + other, "");
    api.waitUntilGone("/disks/" + otherDisk);
  }

  @Test
  void aSecondDiskToBootFromIsRefused() {
    createDisk();
    String path = "/vms/" + lab.vmId("files01") + "/diskattachments";
    assertThat(api.refused("POST", path, attachment("true"))).contains("already marked as boot");
  }

  @Test
  void diskIdsAreTakenOnceOnlyAndADomainMustBeNamed() {
    createDisk();
    assertThat(api.refused("POST", "/disks", disk())).contains("already used by the following");
    assertThat(api.refused("POST", "/disks", "<disk><name>x</name></disk>")).startsWith("400");
    assertThat(api.refused("POST", "/disks", "<disk><name>x</disk>"))
        .startsWith("400 For correct usage");
  }

  @Test
  void jsonIsUnderstoodAsWell() throws IOException {
    String body =
        "{\"name\":\"j\",\"format\":\"cow\",\"provisioned_size\":\"1048576\",\"storage_domains\":"
            + "{\"storage_domain\":[{\"name\":\"data2\"}]}}";
    String answer =
        api.send(
                api.request("/ovirt-engine/api/disks")
                    .header("Authorization", "Bearer " + api.token())
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(body)))
            .body();
    var node = new ObjectMapper().readTree(answer.getBytes(StandardCharsets.UTF_8));
    assertThat(node.get("provisioned_size").isTextual()).isTrue();
    assertThat(node.get("storage_domains").get("storage_domain").isArray()).isTrue();
    assertThat(node.get("status").asText()).isEqualTo("locked");
  }

  private void createDisk() {
    assertThat(api.post("/disks", disk()).id()).hasValue(DISK_ID);
    api.watch("/disks/" + DISK_ID, "status", "ok");
  }

  private static String disk() {
    return "<disk id=\""
        + DISK_ID
        + "\"><name>restored</name><format>cow</format><backup>incremental</backup>"
        + "<provisioned_size>16777216</provisioned_size><storage_domains><storage_domain>"
        + "<name>data1</name></storage_domain></storage_domains></disk>";
  }

  private static String attachment(String bootable) {
    return "<disk_attachment><interface>virtio</interface><bootable>"
        + bootable
        + "</bootable><disk id=\""
        + DISK_ID
        + "\"/></disk_attachment>";
  }

  private void attachToFiles() {
    api.post("/vms/" + lab.vmId("files01") + "/diskattachments", attachment("false"));
  }

  private static String uploadAgain() {
    return "<image_transfer><disk id=\"" + DISK_ID + "\"/><format>raw</format></image_transfer>";
  }
}
