package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.Organisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who come with a token of the engine's see and do what the engine lets them. */
class CallersTest {

  @TempDir Path directory;
  private LabServer it;
  private String clerk;
  private String owner;

  @BeforeEach
  void start() throws Exception {
    it = new LabServer(directory);
    clerk = LabTokens.of(it.lab, "clerk@internal");
    owner = LabTokens.of(it.lab, "owner@internal");
    String web = it.lab.vmId("web01");
    it.lab.organise(
        org ->
            org.grant(
                org.role("UserVmManager").orElseThrow().id(), userId("owner@internal"), "vm", web));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private static String userId(String name) {
    return Ids.named("user " + name);
  }

  private ApiCaller.Answer as(String token, String method, String path, String body) {
    return it.api.callAs("lab", token, method, path, body);
  }

  private JsonNode get(String token, String path) {
    return as(token, "GET", path, "").require(200);
  }

  private String backupOf(String vm) {
    return "{\"site\":\"lab\",\"vms\":[\"" + vm + "\"]}";
  }

  @Test
  void aPlainUserSeesHisVmsAndNothingElse() {
    it.backup("web01", "db01");

    JsonNode me = get(clerk, "/caller");
    assertThat(me.get("name").asText()).isEqualTo("clerk@internal-authz");
    assertThat(me.get("administrator").asBoolean()).isFalse();
    assertThat(get(clerk, "/sites/lab/vms").get("items").findValuesAsText("name"))
        .containsExactly("web01");
    assertThat(get(clerk, "/points").get("items").findValuesAsText("vmName"))
        .containsExactly("web01");
    assertThat(get(clerk, "/runs").get("items")).as("it names db01 too").isEmpty();
    as(clerk, "GET", "/sites/lab/vms/db01", "").require(404);
    as(clerk, "GET", "/points/" + it.newestPoint("db01"), "").require(404);
    String db = it.newestPoint("db01");
    String disk = it.lab.diskIds(it.lab.vmId("db01")).get(0);
    as(clerk, "GET", "/points/" + db + "/disks/" + disk + "/extents", "").require(404);
  }

  @Test
  void everybodyIsToldWhatHeMayHaveDone() {
    it.backup("web01");
    String point = "/points/" + it.newestPoint("web01");
    assertThat(words(get(clerk, point).get("rights"))).as("sees only").isEmpty();
    assertThat(words(get(owner, point).get("rights")))
        .containsExactly("back_up", "read_data", "restore");
    assertThat(words(get(owner, "/points").get("items").get(0).get("rights")))
        .containsExactly("back_up", "read_data", "restore");
    assertThat(words(get(owner, "/sites/lab/protection").get("items").get(0).get("rights")))
        .containsExactly("back_up", "read_data", "restore");
    assertThat(words(it.api.get(point).get("rights"))).contains("administer", "restore_as_new");
    JsonNode reasons = it.api.get(point).get("disks").get(0).get("reasons");
    assertThat(reasons.get(0).get("code").asText()).isEqualTo("first_of_vm");
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void ofKeepingAPlainUserSeesTheStateOfHisVmsAndDecidesNothing() {
    it.api
        .post("/policies", "{\"name\":\"all\",\"site\":\"lab\",\"vms\":[\"web01\",\"db01\"]}")
        .require(201);
    it.api.await(it.api.post("/policies/all/runs", "").require(202));
    String web = "{\"points\":[\"" + it.newestPoint("web01") + "\"]}";
    String db = "{\"points\":[\"" + it.newestPoint("db01") + "\"]}";

    JsonNode vms = get(clerk, "/sites/lab/protection").get("items");
    assertThat(vms.findValuesAsText("name")).containsExactly("web01");
    assertThat(vms.get(0).get("state").asText()).isEqualTo("protected");
    assertThat(vms.get(0).toString())
        .as("the policy is about others' VMs too")
        .doesNotContain("all");
    for (String user : new String[] {clerk, owner}) {
      as(user, "POST", "/points/deletions", web).require(403);
      as(user, "POST", "/points/deletions", db).require(404);
      as(user, "PUT", "/holds/" + it.newestPoint("web01"), "{\"reason\":\"x\"}").require(403);
      as(user, "GET", "/policies/all/retention", "").require(404);
      for (String path : new String[] {"/overview", "/metering", "/repository/collection"}) {
        as(user, "GET", path, "").require(403);
      }
    }
    String admin = administrator();
    as(admin, "GET", "/policies/all/retention", "").require(200);
    assertThat(get(admin, "/sites/lab/protection").toString()).contains("by all");
    as(admin, "POST", "/points/deletions", web).require(200);
  }

  private String administrator() {
    try {
      return LabTokens.of(it.lab, "admin@internal");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatHeMayNotDoIsRefusedWithThePermitThatIsMissing() {
    it.backup("web01");
    String point = it.newestPoint("web01");

    JsonNode refusal = as(clerk, "POST", "/runs", backupOf("web01")).require(403);
    assertThat(refusal.get("kind").asText()).isEqualTo("PERMISSION");
    assertThat(refusal.get("detail").asText())
        .contains("clerk@internal-authz may not back up VM web01", "backup_disk");
    String disk = it.lab.diskIds(it.lab.vmId("web01")).get(0);
    as(clerk, "GET", "/points/" + point + "/disks/" + disk + "/extents", "").require(403);
    as(clerk, "POST", "/restores", "{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(point))
        .require(403);
    as(clerk, "POST", "/runs", backupOf("db01")).require(404);
  }

  @Test
  void whoMayBacksUpAndRestoresHisVm() {
    JsonNode run = as(owner, "POST", "/runs", backupOf("web01")).require(202);
    assertThat(it.api.await(run).get("state").asText()).isEqualTo("succeeded");
    assertThat(get(owner, "/runs").get("items")).hasSize(1);
    String point = it.newestPoint("web01");
    String disk = it.lab.diskIds(it.lab.vmId("web01")).get(0);
    get(owner, "/points/" + point + "/disks/" + disk + "/extents");
    it.lab.power(it.lab.vmId("web01"), false);
    String inPlace = "{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(point);
    JsonNode restore = as(owner, "POST", "/restores", inPlace).require(202);
    assertThat(it.api.await(restore).get("state").asText()).isEqualTo("succeeded");
    String asNew = "{\"point\":\"%s\",\"mode\":\"new-vm\",\"name\":\"x\"}".formatted(point);
    assertThat(as(owner, "POST", "/restores", asNew).require(403).get("detail").asText())
        .contains("create_vm");
  }

  @Test
  void whoMayMakeVmsGetsTheOneThatHeRestoresAndSeesItsRunAllTheWay() {
    it.backup("web01");
    String point = it.newestPoint("web01");
    it.lab.organise(
        org ->
            org.grant(
                org.role("VmCreator").orElseThrow().id(),
                userId("owner@internal"),
                "cluster",
                Ids.CLUSTER));
    String asNew = "{\"point\":\"%s\",\"mode\":\"new-vm\",\"name\":\"x\"%s}";

    for (String place :
        List.of(
            "\"cluster\":\"Default\"",
            "\"storage\":\"nfs2\"",
            "\"networks\":{\"ovirtmgmt\":\"production\"}")) {
      assertThat(
              as(owner, "POST", "/restores", asNew.formatted(point, "," + place))
                  .require(403)
                  .get("detail")
                  .asText())
          .contains("may not choose the cluster, storage or networks of a restore");
    }
    get(owner, "/sites/lab/protection"); // What is told from now on would be remembered.
    JsonNode restore = as(owner, "POST", "/restores", asNew.formatted(point, "")).require(202);
    JsonNode ended = it.api.await(restore);

    assertThat(ended.get("state").asText()).isEqualTo("succeeded");
    assertThat(ended.toString()).contains("has the role UserVmManager on it");
    assertThat(get(owner, "/runs/" + ended.get("id").asText()).get("actions")).isEmpty();
    assertThat(get(owner, "/runs?kind=restore").get("items")).hasSize(1);
    for (String list : List.of("/sites/lab/vms", "/sites/lab/protection")) {
      assertThat(get(owner, list).get("items").findValuesAsText("name"))
          .as("at once, in " + list)
          .containsExactly("web01", "x");
    }
    String made = it.lab.vmId("x");
    List<Organisation.Permission> roles =
        it.lab.organise(org -> List.copyOf(org.permissions().values()));
    assertThat(roles)
        .filteredOn(one -> one.object().equals(made))
        .extracting(Organisation.Permission::user)
        .containsExactly(userId("owner@internal"));
  }

  @Test
  void whoMayRestoreMayStopARestoreThoughHeMayNotBackUp() {
    it.backup("web01");
    it.lab.power(it.lab.vmId("web01"), false);
    it.lab.organise(
        org ->
            org.grant(
                org.addRole("restorer", false, List.of("configure_vm_storage")).id(),
                userId("clerk@internal"),
                "vm",
                it.lab.vmId("web01")));
    // A backup that does not come to its end, behind which all else waits.
    it.lab.faults().turnOn(LabFaults.Switch.UNKNOWN_PHASE);
    JsonNode first = it.api.post("/runs", backupOf("db01")).require(202);

    String wish = "{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(it.newestPoint("web01"));
    JsonNode restore = as(clerk, "POST", "/restores", wish).require(202);
    JsonNode backup = as(owner, "POST", "/runs", backupOf("web01")).require(202);
    String restoring = "/runs/" + restore.get("id").asText();
    String backingUp = "/runs/" + backup.get("id").asText();

    assertThat(get(clerk, restoring).get("actions"))
        .extracting(JsonNode::asText)
        .containsExactly("cancel");
    assertThat(get(clerk, backingUp).get("actions")).isEmpty();
    assertThat(get(owner, backingUp).get("actions"))
        .extracting(JsonNode::asText)
        .containsExactly("cancel");
    as(clerk, "POST", backingUp + "/cancel", "").require(403);
    as(clerk, "POST", restoring + "/cancel", "").require(202);
    assertThat(it.api.await(restore).get("state").asText()).isEqualTo("cancelled");
    it.lab.faults().turnOff(LabFaults.Switch.UNKNOWN_PHASE);
    it.api.await(first);
    assertThat(it.api.await(backup).get("state").asText()).isEqualTo("succeeded");
  }

  @Test
  void theServersOwnMattersNeedTheServersOwnToken() throws Exception {
    String admin = LabTokens.of(it.lab, "admin@internal");
    assertThat(get(admin, "/caller").get("administrator").asBoolean()).isTrue();
    assertThat(get(admin, "/sites/lab/vms").get("items")).hasSize(5);
    for (String path : new String[] {"/leftovers", "/repository", "/sites/lab/check"}) {
      as(admin, "GET", path, "").require(200);
      as(clerk, "GET", path, "").require(403);
    }
    as(admin, "GET", "/metrics", "").require(403);
    as(admin, "DELETE", "/sites/lab", "").require(403);
    String policy = "{\"name\":\"p\",\"site\":\"lab\",\"vms\":[\"web01\"]}";
    as(admin, "POST", "/policies", policy).require(201);
    as(clerk, "POST", "/policies", policy.replace("\"p\"", "\"q\"")).require(403);
    as(clerk, "POST", "/policies/p/runs", "").require(403);
    assertThat(get(clerk, "/policies/p").get("rights")).isEmpty();
    assertThat(get(owner, "/policies/p").get("rights").toString()).contains("back_up");
    as(clerk, "DELETE", "/policies/p", "").require(403);
  }

  @Test
  void aTokenThatTheManagerDoesNotKnowIs401AndIsNotShown() {
    JsonNode refusal = as("no-such-token", "GET", "/caller", "").require(401);
    assertThat(refusal.get("kind").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(refusal.toString()).doesNotContain("no-such-token");
    it.api.callAs("nowhere", clerk, "GET", "/caller", "").require(401);
    it.api.call("GET", "/caller", "", clerk).require(401);
    it.lab.expireTokens();
    as(owner, "GET", "/caller", "").require(401);
  }

  @Test
  void theServersTokenIsStillTheServers() {
    assertThat(it.api.get("/caller").get("name").asText()).isEqualTo("server token");
    assertThat(as(it.api.token(), "GET", "/caller", "").require(200).get("name").asText())
        .as("with the header too, and no manager was shown it")
        .isEqualTo("server token");
    assertThat(it.api.get("/sites/lab/check").get("missingPermits")).isEmpty();
  }
}
