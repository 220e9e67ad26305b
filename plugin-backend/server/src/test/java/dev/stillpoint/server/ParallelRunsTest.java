package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.backup.Sampling;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.job.RetryRule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at one time, on the lab. */
class ParallelRunsTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() {
    it =
        new LabServer(
            directory,
            LabServer.configuration(
                directory.resolve("data"),
                Optional.empty(),
                Sampling.STANDARD,
                Duration.ofMinutes(10),
                new QueueSettings(3, new RetryRule(0, Duration.ofSeconds(1)))));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void policy(String name, String... vms) {
    it.api
        .post(
            "/policies",
            "{\"name\":\"%s\",\"site\":\"lab\",\"vms\":[\"%s\"]}"
                .formatted(name, String.join("\",\"", vms)))
        .require(201);
  }

  private JsonNode run(String policy) {
    return it.api.post("/policies/" + policy + "/runs", "").require(202);
  }

  private JsonNode now(JsonNode run) {
    return it.api.get("/runs/" + run.get("id").asText());
  }

  private void awaitRunning(JsonNode run) {
    while (!now(run).get("state").asText().equals("running")) {
      ApiCaller.pause();
    }
  }

  @Test
  void twoPoliciesThatShareAVmRunOneAfterTheOtherAndAThirdBesideThem() {
    policy("a", "web01", "db01");
    policy("b", "web01", "files01");
    policy("c", "legacy01");
    // Whatever is asked of the manager now does not come to its end.
    it.lab.faults().turnOn(LabFaults.Switch.UNKNOWN_PHASE);
    JsonNode a = run("a");
    JsonNode b = run("b");
    JsonNode c = run("c");
    awaitRunning(a);
    awaitRunning(c);
    assertThat(now(b).get("state").asText()).isEqualTo("queued");
    assertThat(now(b).get("queue").get("reason").asText())
        .isEqualTo("Run %s is about web01 too".formatted(a.get("id").asText()));
    it.lab.faults().turnOff(LabFaults.Switch.UNKNOWN_PHASE);

    List<JsonNode> ended = List.of(it.api.await(a), it.api.await(b), it.api.await(c));

    assertThat(ended)
        .allSatisfy(
            run -> assertThat(run.get("state").asText()).as("%s", run).isEqualTo("succeeded"));
    assertThat(Instant.parse(ended.get(1).get("started").asText()))
        .isAfterOrEqualTo(Instant.parse(ended.get(0).get("ended").asText()));
    assertThat(it.api.get("/points?vm=web01").get("items")).hasSize(2);
    assertThat(it.lab.leftovers()).isEmpty();
  }
}
