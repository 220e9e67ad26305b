package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Schedules, slots, the queue and what is adopted, on the command line. */
class ScheduleCommandsTest extends CommandLineTest {

  private static final String STARTS =
      """
      {"items":[{"begin":"2026-11-22T01:00:00Z","end":"2026-11-22T02:00:00Z","local":"2026-11-22T02:00:00+01:00","zone":"Europe/Berlin"}],
       "notes":["2027-02 has no day 31: no start in that month"],
       "past":[{"begin":"2026-11-21T01:00:00Z","reason":"The server did not run"},{"begin":"2026-11-20T01:00:00Z","run":"r-7"}],
       "refusal":{"kind":"CONFLICT","detail":"The slot is full","remedy":"Take hour 3."}}""";

  private void run(String... arguments) {
    assertThat(terminal.run(arguments)).as(terminal.err()).isZero();
  }

  @Test
  void addsAPolicyWithASchedule() throws IOException {
    server.on("POST /policies", 201, Samples.POLICY);
    run("policies", "add", "p", "--vm", "a", "--monthly", "third monday", "--hour", "2");
    assertThat(json(server.lastBody()).get("schedule"))
        .isEqualTo(
            json(
                """
                {"type":"monthly","on":"third monday","hour":2,"zone":"Europe/Vienna"}"""));
    run(
        "policies add p --vm a --weekly saturday,sunday --hour 0 --zone UTC --from 2026-12-01"
            .split(" "));
    assertThat(json(server.lastBody()).get("schedule"))
        .isEqualTo(
            json(
                """
                {"type":"weekly","weekdays":["saturday","sunday"],"hour":0,"zone":"UTC","start":"2026-12-01"}"""));
    run("policies add p --vm a --once 2026-12-24 --hour 3 --zone UTC".split(" "));
    assertThat(json(server.lastBody()).get("schedule"))
        .isEqualTo(
            json(
                """
                {"type":"one-time","hour":3,"zone":"UTC","start":"2026-12-24"}"""));
  }

  @Test
  void refusesHalfASchedule() {
    for (String half :
        new String[] {
          "policies add p --vm a --daily",
          "policies add p --vm a --hour 2",
          "policies add p --vm a --daily --weekly monday --hour 2",
          "policies preview --once 2026-12-24 --from 2026-12-01 --hour 2"
        }) {
      assertThat(terminal.run(half.split(" "))).as(half).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("one of them, with --hour");
    }
    assertThat(server.calls()).noneMatch(call -> call.startsWith("POST"));
  }

  @Test
  void changesOnlyTheScheduleOfAPolicy() throws IOException {
    server.on("GET /policies/nightly", 200, Samples.POLICY);
    server.on(
        "PUT /policies/p-1",
        200,
        Samples.POLICY.replaceFirst("\\{", "{\"next\":{\"local\":\"2026-11-22T02:00:00+01:00\"},"));
    run("policies", "schedule", "nightly", "--daily", "--hour", "2");
    JsonNode sent = json(server.lastBody());
    assertThat(sent.get("schedule").get("type").asText()).isEqualTo("daily");
    assertThat(sent.get("vms")).hasSize(2);
    assertThat(sent.get("enabled").asBoolean()).isTrue();
    assertThat(terminal.out()).contains("starts next in the hour from 2026-11-22T02:00:00+01:00");
    run("policies", "schedule", "nightly", "--none");
    assertThat(json(server.lastBody()).has("schedule")).isFalse();
  }

  @Test
  void keepsTheScheduleWhenAPolicyIsSwitched() throws IOException {
    server.on(
        "GET /policies/nightly",
        200,
        Samples.POLICY.replaceFirst(
            "\\{", "{\"schedule\":{\"type\":\"daily\",\"hour\":2,\"start\":\"2026-01-01\"},"));
    server.on("PUT /policies/p-1", 200, Samples.POLICY);
    run("policies", "disable", "nightly");
    assertThat(json(server.lastBody()).get("schedule").get("type").asText()).isEqualTo("daily");
    run("policies", "show", "nightly");
    assertThat(terminal.out()).contains("daily in the hour from 02:00");
  }

  @Test
  void showsStartsInTheUsersZoneInThePolicysAndInUtc() {
    server.on("GET /policies/nightly/starts?count=10", 200, STARTS);
    run("policies", "starts", "nightly");
    assertThat(terminal.out())
        .contains("2026-11-22 02:00:00 +01:00")
        .contains("2026-11-22T02:00:00+01:00 Europe/Berlin")
        .contains("2026-11-22T01:00:00Z")
        .contains("no start in that month")
        .contains("missed")
        .contains("The server did not run")
        .contains("r-7");
    server.on("POST /slots/preview?count=3", 200, STARTS);
    run("policies", "preview", "--daily", "--hour", "2", "--count", "3");
    assertThat(terminal.out()).contains("Refused: The slot is full").contains("Take hour 3.");
  }

  @Test
  void showsTheHoursInWhichSomethingStarts() {
    server.on(
        "GET /slots",
        200,
        """
        {"capacity":20,"items":[{"begin":"2026-11-22T01:00:00Z","load":2,"predictedSeconds":90.0,"starts":[{"policy":"p-1","name":"nightly","local":"x"},{"policy":"p-2","name":"büro","local":"x"}]},
         {"begin":"2026-11-22T02:00:00Z","load":0,"predictedSeconds":0.0,"starts":[]}]}""");
    run("slots");
    assertThat(terminal.out())
        .contains("2 of 20")
        .contains("1:30 min")
        .contains("nightly, büro")
        .doesNotContain("2026-11-22T02:00:00Z");
  }

  @Test
  void adoptsWhatWasBefore() throws IOException {
    server.on(
        "GET /drafts/policies/old%20one",
        200,
        """
        {"policy":{"name":"old one","site":"s-1","vms":["v-1"],"enabled":true},"gone":["v-9"],"notes":["Its one start has passed"]}""");
    server.on("POST /policies", 201, Samples.POLICY);
    run("policies", "adopt", "new one", "--policy", "old one", "--disabled");
    assertThat(json(server.lastBody()))
        .isEqualTo(
            json("{\"name\":\"new one\",\"site\":\"s-1\",\"vms\":[\"v-1\"],\"enabled\":false}"));
    assertThat(terminal.out()).contains("VM v-9").contains("Its one start has passed");
    assertThat(terminal.run("policies", "adopt", "x")).isEqualTo(ExitCode.USAGE);
    server.on(
        "GET /drafts",
        200,
        "{\"items\":[{\"id\":\"p-9\",\"name\":\"old one\",\"site\":\"s\",\"deleted\":true}]}");
    run("policies", "past");
    assertThat(terminal.out()).contains("old one  yes      p-9");
  }

  @Test
  void setsOneLimitOfASiteAndKeepsTheOther() throws IOException {
    server.on("GET /sites/one/limits", 200, "{\"runDataBytes\":1024}");
    server.on("PUT /sites/one/limits", 200, "{\"vmTotalBytes\":1099511627776}");
    run("sites", "limits", "one");
    assertThat(terminal.out()).contains("none").contains("1.0 KiB");
    run("sites", "limits", "one", "--vm-total", "1TiB");
    assertThat(json(server.lastBody()))
        .isEqualTo(json("{\"runDataBytes\":1024,\"vmTotalBytes\":1099511627776}"));
    run("sites", "limits", "one", "--run-data", "none");
    assertThat(json(server.lastBody())).isEqualTo(json("{}"));
  }

  @Test
  void showsTheQueueAndDoesARunAgain() {
    String waiting =
        Samples.run("queued", "waiting", 0)
            .replaceFirst(
                "\\{",
                "{\"queue\":{\"position\":2,\"expectedStart\":\"2026-11-22T01:00:00Z\",\"reason\":\"1 of"
                    + " 1\"},\"repeatOf\":\"r-0\",");
    server.on("GET /queue", 200, "{\"items\":[" + waiting + "]}");
    run("runs", "queue");
    assertThat(terminal.out()).contains("2026-11-22 02:00:00 +01:00").contains("1 of 1");
    server.on("GET /runs/r-1", 200, waiting);
    run("runs", "show", "r-1");
    assertThat(terminal.out()).contains("Repeats  r-0").contains("as number 2");
    server.on("POST /runs/r-1/rerun", 202, Samples.run("queued", "waiting", 0));
    run("runs", "rerun", "r-1", "--no-wait");
    assertThat(terminal.out()).contains("Run r-1 is queued");
  }
}
