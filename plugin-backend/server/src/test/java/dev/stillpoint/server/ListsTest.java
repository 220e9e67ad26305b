package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lists of the API, page by page and as a table, and the audit log behind it all. */
class ListsTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private List<String> pages(String path, String field) {
    List<String> all = new ArrayList<>();
    JsonNode page = it.api.get(path);
    page.get("items").forEach(item -> all.add(item.get(field).asText()));
    while (page.has("next")) {
      page = it.api.get(path + "&after=" + page.get("next").asText());
      page.get("items").forEach(item -> all.add(item.get(field).asText()));
    }
    return all;
  }

  @Test
  void pointsRunsAndVmsAreFoundAndPaged() {
    JsonNode first = it.backup("web01", "db01");
    JsonNode second = it.backup("web01");

    assertThat(pages("/points?sort=vm&limit=2", "vmName"))
        .containsExactly("db01", "web01", "web01");
    assertThat(pages("/points?mode=incremental&limit=1", "run"))
        .containsExactly(second.get("id").asText());
    assertThat(pages("/points?from=2100-01-01&limit=1", "id")).isEmpty();
    assertThat(pages("/points?maxBytes=1&limit=1", "id")).isEmpty();
    assertThat(pages("/runs?limit=1", "id"))
        .containsExactly(second.get("id").asText(), first.get("id").asText());
    assertThat(pages("/runs?vm=db01&kind=backup&limit=9", "vmCount")).containsExactly("2");
    assertThat(pages("/runs?state=failed&limit=9", "id")).isEmpty();
    assertThat(pages("/vm-states?limit=1", "vmName")).containsExactly("db01", "web01");
    assertThat(it.api.get("/vm-states").get("items").get(1).get("run").asText())
        .isEqualTo(second.get("id").asText());
  }

  @Test
  void whatCannotBeAFilterIsRefusedWithTheChoices() {
    for (String[] wrong :
        new String[][] {
          {"/points?sort=colour", "time, vm, size, stored"},
          {"/points?mode=odd", "full, incremental, mixed"},
          {"/points?from=yesterday", "2026-11-21"},
          {"/points?minBytes=-1", "bytes"},
          {"/points?limit=1001", "next"},
          {"/runs?after=x", "next"},
          {"/runs?state=broken", "queued, running"},
          {"/audit?result=odd", "done, refused, failed"},
        }) {
      JsonNode problem = it.api.call("GET", wrong[0], "").require(400);
      assertThat(problem.get("remedy").asText()).as(wrong[0]).contains(wrong[1]);
    }
  }

  @Test
  void runsAreExportedAsATableWithARowForEachVm() throws Exception {
    JsonNode run = it.backup("web01", "db01");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                it.api.request("/runs?limit=1").header("Accept", "text/csv").build(),
                BodyHandlers.ofString(UTF_8));
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
    List<String> rows = answer.body().lines().toList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).startsWith("run,kind,site,policy,vm,vmName,state,created");
    assertThat(rows.get(1)).startsWith(run.get("id").asText() + ",backup,").contains("succeeded");
    assertThat(answer.body()).contains(",web01,").contains(",db01,");
  }

  @Test
  void theAuditLogTellsWhoDidWhatAndHowItWentAndNoSecret() {
    String policy = "{\"name\":\"nightly\",\"site\":\"lab\",\"vms\":[\"web01\"]}";
    String id = it.api.post("/policies", policy).require(201).get("id").asText();
    it.api.post("/policies", policy).require(409);
    it.api.call("DELETE", "/policies/nightly", "", "no-such-token").require(401);
    JsonNode run = it.backup("web01");
    awaitAudit("runs/" + run.get("id").asText(), 3);
    String point = it.newestPoint("web01");
    it.api
        .post("/points/deletions", "{\"points\":[\"" + point + "\"],\"dryRun\":true}")
        .require(200);
    it.api.post("/policies/nightly/retention", "{\"keepLast\":3}").require(200);

    JsonNode added = entry("/audit?action=policies.add&result=done");
    assertThat(added.get("actor").asText()).isEqualTo("server token");
    assertThat(added.get("subject").asText()).isEqualTo("policies/" + id);
    assertThat(entry("/audit?action=policies.add&result=refused").get("detail").asText())
        .startsWith("409 There is a policy named nightly");
    assertThat(entry("/audit?action=policies.remove").get("actor").asText()).isEqualTo("not known");
    assertThat(entry("/audit?actor=server&action=run.end").get("detail").asText())
        .isEqualTo("succeeded");
    assertThat(entry("/audit?action=sites.add").get("subject").asText())
        .isEqualTo("sites/" + it.site);
    assertThat(it.api.get("/audit").toString())
        .doesNotContain("\"password\"", "no-such-token", it.api.token());
    assertThat(pages("/audit?sort=time&limit=2", "action")).hasSize(7).startsWith("sites.add");
  }

  /** The end of a run is written down just after it is seen. */
  private void awaitAudit(String subject, int entries) {
    for (int i = 0; i < 3000; i++) {
      if (it.api.get("/audit?subject=" + subject).get("items").size() == entries) {
        return;
      }
      ApiCaller.pause();
    }
    throw new AssertionError(it.api.get("/audit"));
  }

  private JsonNode entry(String path) {
    JsonNode items = it.api.get(path).get("items");
    assertThat(items).as(path).hasSize(1);
    return items.get(0);
  }
}
