package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager's groups: listed, protected, and given back as a whole, on the lab. */
class VmGroupsTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory);
    group("shop", "web01", "files01");
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void group(String name, String... vms) {
    it.lab.organise(
        org -> {
          var group = org.add(org.groups(), name);
          List.of(vms).forEach(vm -> group.vms().add(it.lab.vmId(vm)));
          return group;
        });
  }

  private void policy(String vms) {
    it.api.post("/policies", "{\"name\":\"p\",\"site\":\"lab\",%s}".formatted(vms)).require(201);
  }

  private JsonNode runPolicy() {
    return it.api.await(it.api.post("/policies/p/runs", "").require(202));
  }

  private JsonNode shop() {
    return it.api.get("/sites/lab/vm-groups/shop");
  }

  private JsonNode recover(String wish) {
    return it.api.await(it.api.post("/sites/lab/vm-groups/shop/recover", wish).require(202));
  }

  @Test
  void aGroupIsListedWithItsPolicyAndTheLastRunOfIt() {
    policy("\"select\":[\"affinity-group=shop\"]");
    assertThat(shop().get("kind").asText()).isEqualTo("affinity-group");
    assertThat(shop().get("members").findValuesAsText("name")).containsExactly("web01", "files01");
    assertThat(shop().get("policies").get(0).get("name").asText()).isEqualTo("p");
    assertThat(shop().get("policies").get(0).has("last")).isFalse();

    JsonNode run = runPolicy();

    JsonNode last = shop().get("policies").get(0).get("last");
    assertThat(last.get("id").asText()).isEqualTo(run.get("id").asText());
    assertThat(last.get("state").asText()).isEqualTo("succeeded");
    for (JsonNode group : it.api.get("/sites/lab/vm-groups").get("items")) {
      boolean selected = group.get("name").asText().equals("shop");
      assertThat(group.get("policies").isEmpty()).as("%s", group).isEqualTo(!selected);
    }
  }

  @Test
  void aPolicyIsAppliedToAGroupAndTakenFromItAgain() {
    policy("\"vms\":[\"db01\"]");
    String path = "/sites/lab/vm-groups/shop/policies/p";

    it.api.call("PUT", path, "{}").require(200);
    it.api.call("PUT", path, "{}").require(200);

    assertThat(it.api.get("/policies/p").get("select").findValuesAsText("")).isEmpty();
    assertThat(it.api.get("/policies/p").get("select")).hasSize(1);
    assertThat(it.api.get("/policies/p/vms").get("items").findValuesAsText("name"))
        .containsExactlyInAnyOrder("db01", "web01", "files01");
    it.api.call("DELETE", path, "").require(200);
    it.api.call("DELETE", path, "").require(409);
    assertThat(it.api.get("/policies/p/vms").get("items").findValuesAsText("name"))
        .containsExactly("db01");
  }

  @Test
  void aGroupWhoseRuleWouldSelectAnotherIsNotProtectedByIt() {
    group("sh*", "legacy01");
    policy("\"vms\":[\"db01\"]");
    JsonNode refusal =
        it.api.call("PUT", "/sites/lab/vm-groups/sh%2A/policies/p", "{}").require(409);
    assertThat(refusal.get("detail").asText()).contains("shop");
  }

  @Test
  void whoJoinedAndWhoLeftIsToldByTheGroupAndInTheRun() {
    policy("\"select\":[\"affinity-group=shop\"]");
    JsonNode first = runPolicy();
    assertThat(first.has("members")).isFalse();
    it.lab.organise(
        org -> {
          var vms = org.groups().values().iterator().next().vms();
          vms.add(it.lab.vmId("legacy01"));
          return vms.remove(it.lab.vmId("files01"));
        });

    JsonNode changes = shop().get("policies").get(0).get("changes");
    JsonNode told = runPolicy().get("members");

    for (JsonNode change : List.of(changes, told)) {
      assertThat(change.get("since").asText()).isEqualTo(first.get("id").asText());
      assertThat(change.get("joined").findValuesAsText("name")).containsExactly("legacy01");
      assertThat(change.get("left").findValuesAsText("name")).containsExactly("files01");
    }
    assertThat(shop().get("policies").get(0).has("changes")).isFalse();
  }

  @Test
  void allVmsOfAGroupComeBackFromOneRunAlsoOneThatLeftTheGroup() {
    policy("\"select\":[\"affinity-group=shop\",\"name=db01\"]");
    JsonNode run = runPolicy();
    it.lab.organise(
        org -> org.groups().values().iterator().next().vms().remove(it.lab.vmId("files01")));
    String wish = "{\"mode\":\"new-vm\",\"name\":\"back-*\"%s}";

    JsonNode plan =
        it.api
            .post("/sites/lab/vm-groups/shop/recover", wish.formatted(",\"dryRun\":true"))
            .require(200);
    assertThat(plan.get("run").asText()).isEqualTo(run.get("id").asText());
    assertThat(plan.get("vms").findValuesAsText("vmName"))
        .containsExactly("back-web01", "back-files01");
    assertThat(plan.get("notes").toString()).contains("files01 was in the group then");
    assertThat(plan.get("skewSeconds").asDouble()).isLessThan(60);
    assertThat(it.api.get("/runs?kind=restore").get("items")).as("a dry run").isEmpty();

    JsonNode done = recover(wish.formatted(""));

    assertThat(done.get("state").asText()).as("%s", done).isIn("succeeded", "warning");
    assertThat(done.get("kind").asText()).isEqualTo("restore");
    assertThat(done.get("vmGroup").asText()).isEqualTo("shop");
    assertThat(it.api.get("/sites/lab/vms").get("items").findValuesAsText("name"))
        .contains("back-web01", "back-files01")
        .doesNotContain("back-db01");
    assertThat(it.lab.leftovers()).isEmpty();
    assertThat(it.api.get("/runs?kind=restore").get("items").get(0).get("vmCount").asInt())
        .isEqualTo(2);
  }

  @Test
  void aVmThatCannotBeRestoredDoesNotStopTheOthersUnlessAsked() {
    policy("\"select\":[\"affinity-group=shop\"]");
    runPolicy();
    // web01 runs, so that it is not restored in place; files01 is off.
    String wish = "{\"mode\":\"in-place\",\"stopOnFailure\":%s}";

    JsonNode refusal =
        it.api.post("/sites/lab/vm-groups/shop/recover", wish.formatted("true")).require(409);
    assertThat(refusal.get("detail").asText()).contains("web01 is not powered off");
    JsonNode run = recover(wish.formatted("false"));

    assertThat(run.get("state").asText()).isEqualTo("failed");
    assertThat(run.get("vms").findValuesAsText("vmName")).containsExactly("web01", "files01");
    assertThat(run.get("vms").get(0).get("problem").get("detail").asText())
        .contains("is not powered off");
    assertThat(run.get("vms").get(1).get("state").asText()).isIn("succeeded", "warning");
    assertThat(it.lab.leftovers()).isEmpty();
  }

  @Test
  void anInstantBeforeThereWasAnyPointIsRefusedWithTheReason() {
    policy("\"select\":[\"affinity-group=shop\"]");
    runPolicy();
    JsonNode refusal =
        it.api
            .post(
                "/sites/lab/vm-groups/shop/recover",
                "{\"mode\":\"in-place\",\"at\":\"2020-01-01T00:00:00Z\",\"dryRun\":true}")
            .require(404);
    assertThat(refusal.get("detail").asText()).contains("up to 2020-01-01T00:00:00Z");
    JsonNode plan =
        it.api
            .post(
                "/sites/lab/vm-groups/shop/recover",
                "{\"mode\":\"in-place\",\"at\":\"2100-01-01T00:00:00Z\",\"vms\":[\"files01\"],"
                    + "\"dryRun\":true}")
            .require(200);
    assertThat(plan.get("vms").findValuesAsText("vmName")).containsExactly("files01");
  }
}
