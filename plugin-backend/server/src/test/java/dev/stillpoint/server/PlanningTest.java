package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules, slots, drafts and the queue through the API. */
class PlanningTest {

  private static final String YEARLY =
      """
      {"type":"monthly","hour":2,"on":"%s","start":"2031-01-01","zone":"Europe/Berlin"}""";

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

  private static String policy(String name, String schedule) {
    return "{\"name\":\"%s\",\"site\":\"lab\",\"vms\":[\"web01\"],\"schedule\":%s}"
        .formatted(name, schedule);
  }

  private JsonNode add(String name, String schedule) {
    return it.api.post("/policies", policy(name, schedule)).require(201);
  }

  @Test
  void aScheduleIsKeptAndTellsItsStartsInItsZoneAndInUtc() {
    JsonNode added = add("p", YEARLY.formatted("third monday"));
    assertThat(added.get("schedule").get("on").asText()).isEqualTo("third monday");
    assertThat(added.get("next").get("begin").asText()).isEqualTo("2031-01-20T01:00:00Z");
    assertThat(added.get("next").get("local").asText()).isEqualTo("2031-01-20T02:00:00+01:00");
    JsonNode kept = it.api.get("/policies/p");
    assertThat(kept).isEqualTo(added);
    JsonNode starts = it.api.get("/policies/p/starts?count=4");
    assertThat(starts.get("items").findValuesAsText("begin"))
        .containsExactly(
            "2031-01-20T01:00:00Z",
            "2031-02-17T01:00:00Z",
            "2031-03-17T01:00:00Z",
            "2031-04-21T00:00:00Z");
    assertThat(starts.get("past")).isEmpty();
    it.api.call("GET", "/policies/p/starts?count=0", "").require(400);
    it.api.call("GET", "/policies/none/starts", "").require(404);
  }

  @Test
  void eachKindOfScheduleComesBackAsItWasSent() throws Exception {
    String[] schedules = {
      "{\"type\":\"one-time\",\"hour\":0,\"start\":\"2031-02-03\",\"zone\":\"UTC\"}",
      "{\"type\":\"daily\",\"hour\":23,\"start\":\"2031-02-03\",\"zone\":\"Asia/Kolkata\"}",
      "{\"type\":\"weekly\",\"hour\":2,\"start\":\"2031-02-03\",\"zone\":\"UTC\",\"weekdays\":[\"monday\",\"sunday\"]}",
      YEARLY.formatted("31"),
      YEARLY.formatted("last"),
      YEARLY.formatted("last friday")
    };
    for (int i = 0; i < schedules.length; i++) {
      JsonNode added = add("p" + i, schedules[i]);
      assertThat(added.get("schedule")).isEqualTo(new ObjectMapper().readTree(schedules[i]));
    }
    assertThat(it.api.get("/policies").get("items")).hasSize(schedules.length);
  }

  @Test
  void whatIsNoScheduleIsRefusedWithWhatIsWrong() {
    String[][] wrong = {
      {"{\"type\":\"hourly\",\"hour\":2}", "'hourly' is no type"},
      {"{\"type\":\"daily\"}", "schedule.hour"},
      {"{\"type\":\"daily\",\"hour\":24}", "no day has an hour 24"},
      {"{\"type\":\"daily\",\"hour\":2,\"zone\":\"Middle/Earth\"}", "no time zone"},
      {"{\"type\":\"daily\",\"hour\":2,\"on\":\"31\"}", "has no on"},
      {"{\"type\":\"weekly\",\"hour\":2}", "names no weekday"},
      {"{\"type\":\"weekly\",\"hour\":2,\"weekdays\":[\"someday\"]}", "no weekday"},
      {"{\"type\":\"monthly\",\"hour\":2,\"on\":\"32\"}", "no month has a day 32"},
      {"{\"type\":\"monthly\",\"hour\":2,\"on\":\"sixth monday\"}", "no place in a month"},
      {"{\"type\":\"one-time\",\"hour\":2}", "schedule.start"},
      {"{\"type\":\"one-time\",\"hour\":2,\"start\":\"2020-01-01\"}", "has passed"},
      {"{\"type\":\"one-time\",\"hour\":2,\"start\":\"31.12.2031\"}", "no date"},
    };
    for (String[] each : wrong) {
      JsonNode problem = it.api.post("/policies", policy("p", each[0])).require(400);
      assertThat(problem.get("detail").asText()).containsIgnoringCase(each[1]);
    }
    assertThat(it.api.get("/policies").get("items")).isEmpty();
  }

  @Test
  void aFullSlotIsRefusedWithAdviceAndThePlannerShowsIt() {
    String daily = "{\"type\":\"daily\",\"hour\":%d}";
    int hour = Instant.now().plus(5, ChronoUnit.HOURS).atZone(ZoneOffset.UTC).getHour();
    for (int i = 0; i < 20; i++) {
      add("p" + i, daily.formatted(hour));
    }
    JsonNode problem =
        it.api.post("/policies", policy("one more", daily.formatted(hour))).require(409);
    assertThat(problem.get("detail").asText()).contains("is full: 20 of 20");
    assertThat(problem.get("remedy").asText()).contains("The nearest slot of the same day");
    JsonNode preview = it.api.post("/slots/preview?count=3", daily.formatted(hour)).require(200);
    assertThat(preview.get("items")).hasSize(3);
    assertThat(preview.get("refusal").get("detail").asText()).contains("is full");
    JsonNode week = it.api.get("/slots");
    assertThat(week.get("items")).hasSize(168);
    assertThat(week.get("items").findValues("load").stream().mapToInt(JsonNode::asInt).max())
        .hasValue(week.get("capacity").asInt());
    it.api.call("GET", "/slots?from=yesterday", "").require(400);
    it.api.call("DELETE", "/policies/p0", "").require(204);
    add("one more", daily.formatted(hour));
  }

  @Test
  void aDeletedPolicyAndARunAreAdopted() {
    add("p", YEARLY.formatted("31"));
    JsonNode run = it.api.await(it.api.post("/policies/p/runs", "").require(202));
    it.api.call("DELETE", "/policies/p", "").require(204);
    JsonNode past = it.api.get("/drafts").get("items").get(0);
    assertThat(past.get("deleted").asBoolean()).isTrue();
    JsonNode draft = it.api.get("/drafts/policies/p");
    assertThat(draft.get("gone")).isEmpty();
    JsonNode added = it.api.post("/policies", draft.get("policy").toString()).require(201);
    assertThat(added.get("schedule").get("on").asText()).isEqualTo("31");
    it.api.call("DELETE", "/policies/p", "").require(204);
    JsonNode ofRun = it.api.get("/drafts/runs/" + run.get("id").asText());
    assertThat(ofRun.get("policy")).isEqualTo(draft.get("policy"));
    it.api.call("GET", "/drafts/policies/never", "").require(404);
    it.api.call("GET", "/drafts/runs/never", "").require(404);
  }

  @Test
  void onlyTheFailedVmsOfARunAreDoneAgain() {
    JsonNode run = it.backup("web01", "db01");
    it.api.post("/runs/" + run.get("id").asText() + "/rerun", "").require(409);
    it.lab.faults().turnOn(LabFaults.Switch.DOMAIN_FULL);
    JsonNode failed = it.backup("web01");
    it.lab.faults().turnOff(LabFaults.Switch.DOMAIN_FULL);
    String id = failed.get("id").asText();
    JsonNode again = it.api.await(it.api.post("/runs/" + id + "/rerun", "").require(202));
    assertThat(again.get("state").asText()).as("%s", again).isEqualTo("succeeded");
    assertThat(again.get("repeatOf").asText()).isEqualTo(id);
    assertThat(it.api.get("/queue").get("items")).isEmpty();
    it.api.post("/runs/none/rerun", "").require(404);
  }

  @Test
  void aVmAboveTheLimitOfItsSiteIsRefusedWithTheNumbers() {
    assertThat(it.api.get("/sites/lab/limits")).isEmpty();
    it.api.call("PUT", "/sites/lab/limits", "{\"vmTotalBytes\":4096}").require(200);
    JsonNode run = it.backup("web01");
    assertThat(run.get("vms").get(0).get("problem").get("detail").asText())
        .contains("limit is 4.0 KiB");
    it.api.call("PUT", "/sites/lab/limits", "{\"vmTotalBytes\":0}").require(400);
    it.api.call("PUT", "/sites/lab/limits", "{\"vmTotalBytes\":-1}").require(400);
    it.api.call("GET", "/sites/none/limits", "").require(404);
    assertThat(it.api.call("PUT", "/sites/lab/limits", "{}").require(200)).isEmpty();
    assertThat(it.backup("web01").get("state").asText()).isEqualTo("succeeded");
  }

  @Test
  void aPolicyThatIsDisabledHasNoNextStart() {
    JsonNode added =
        it.api
            .post(
                "/policies",
                policy("p", YEARLY.formatted("31")).replace("}}", "},\"enabled\":false}"))
            .require(201);
    assertThat(added.has("next")).isFalse();
    JsonNode starts = it.api.get("/policies/p/starts");
    assertThat(starts.get("items")).isEmpty();
    assertThat(starts.get("notes").get(0).asText()).contains("disabled");
    assertThat(it.api.get("/slots").get("items").findValuesAsText("load")).containsOnly("0");
  }
}
