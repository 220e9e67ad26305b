package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.rest.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags, affinity, permissions, and who sees what. */
class OrganisationTest {
  @TempDir Path dir;

  private LabEngine lab;
  private ApiClient admin;
  private String web;

  @BeforeEach
  void start() throws IOException {
    lab =
        LabEngine.start(
            LabConfig.inDirectory(dir)
                .withAccounts(
                    List.of(
                        Account.administrator("admin@internal", "password"),
                        Account.plain("clerk@internal", "password", Set.of("web01")),
                        Account.plain("nobody@internal", "password", Set.of()))));
    admin = ApiClient.of(lab);
    web = "/vms/" + lab.vmId("web01");
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void keepsTagsOfVms() {
    admin.post("/tags", "<tag><name>prod</name></tag>");
    admin.post(web + "/tags", "<tag><name>prod</name></tag>");

    Element tag =
        admin.get("/vms?search=name%3Dweb01&follow=tags").find("vm/tags/tag").orElseThrow();
    assertThat(tag.textAt("name")).contains("prod");
    assertThat(admin.refused("POST", web + "/tags", "<tag><name>nowhere</name></tag>"))
        .startsWith("404 Entity not found");
    assertThat(admin.refused("POST", "/tags", "<tag><name>prod</name></tag>")).startsWith("409");
  }

  @Test
  void keepsAffinityGroupsAndLabels() {
    String groups =
        "/clusters/" + admin.get("/clusters").idAt("cluster").orElseThrow() + "/affinitygroups";
    String group =
        admin.post(groups, "<affinity_group><name>pair</name></affinity_group>").id().orElseThrow();
    admin.post(groups + "/" + group + "/vms", "<vm id=\"" + lab.vmId("web01") + "\"/>");
    assertThat(admin.get(groups).idAt("affinity_group/vms/vm")).contains(lab.vmId("web01"));

    admin.post("/affinitylabels", "<affinity_label><name>ssd</name></affinity_label>");
    admin.post(web + "/affinitylabels", "<affinity_label><name>ssd</name></affinity_label>");
    assertThat(admin.get(web + "/affinitylabels").textAt("affinity_label/name")).contains("ssd");
  }

  @Test
  void showsAPlainUserNothingAsSoonAsHisPermissionIsGone() {
    ApiClient clerk = new ApiClient(lab.engineUrl(), "clerk@internal", "password");
    assertThat(clerk.get("/vms").children()).hasSize(1);

    String user = clerk.get("").idAt("authenticated_user").orElseThrow();
    Element permission =
        admin.get(web + "/permissions").children().stream()
            .filter(one -> one.idAt("user").orElseThrow().equals(user))
            .findFirst()
            .orElseThrow();
    admin.call("DELETE", web + "/permissions/" + permission.id().orElseThrow(), "");

    assertThat(clerk.get("/vms").children()).isEmpty();
    assertThat(clerk.refused("GET", web, "")).isEqualTo("404");
  }

  @Test
  void refusesAPlainUserTheUnfilteredList() {
    ApiClient clerk = new ApiClient(lab.engineUrl(), "clerk@internal", "password");
    assertThat(clerk.call("GET", "/vms", "", Map.of("filter", "false")).statusCode())
        .isEqualTo(400);
    assertThat(clerk.call("GET", "/vms", "", Map.of("filter", "true")).statusCode()).isEqualTo(200);
  }

  @Test
  void givesAUserWithoutRolesATokenThatTheApiRefuses() {
    ApiClient nobody = new ApiClient(lab.engineUrl(), "nobody@internal", "password");
    assertThat(nobody.call("GET", "", "").statusCode()).isEqualTo(401);
  }

  @Test
  void tellsThePermitsOfARole() {
    Element permission = admin.get(web + "/permissions").children().get(0);
    String role = permission.idAt("role").orElseThrow();
    assertThat(admin.get("/roles/" + role + "/permits").children())
        .extracting(permit -> permit.textAt("name").orElseThrow())
        .contains("backup_disk", "create_vm");
  }

  @Test
  void countsOperationsFromNoughtAfterAMigration() {
    String disk = lab.diskIds(lab.vmId("web01")).get(0);
    lab.guests().burst(lab.vmId("web01"), 1 << 20);
    lab.guests().read(disk, 4096);
    assertThat(value(disk, "data.current.write_ops")).isPositive();
    assertThat(value(disk, "data.current.read_ops")).isEqualTo(1);

    lab.migrate(lab.vmId("web01"));

    assertThat(value(disk, "data.current.write_ops")).isZero();
    assertThat(value(disk, "data.current.read_ops")).isZero();
  }

  private long value(String disk, String name) {
    return admin.get("/disks/" + disk + "/statistics").children().stream()
        .filter(one -> one.textAt("name").orElseThrow().equals(name))
        .findFirst()
        .flatMap(one -> one.textAt("values/value/datum"))
        .map(Long::parseLong)
        .orElseThrow();
  }

  @Test
  void tellsTheAddressesOfRunningGuestsOnly() {
    assertThat(admin.get(web + "/reporteddevices").textAt("reported_device/ips/ip/address"))
        .hasValueSatisfying(address -> assertThat(address).startsWith("192.0.2."));
    assertThat(admin.get("/vms/" + lab.vmId("files01") + "/reporteddevices").children()).isEmpty();
  }
}
