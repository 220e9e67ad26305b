package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 4 on the real process: {@code kill -9} in the middle, then a new start. */
class KillTest {

  private static final Pattern SERVING = Pattern.compile("serving (http://\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;
  private LabEngine lab;
  private Process server;
  private ApiCaller api;

  @BeforeEach
  void start() throws IOException {
    lab = LabEngine.start(LabConfig.inDirectory(directory.resolve("lab")));
    lab.guests().resume();
    startServer();
    api.post("/sites", LabServer.newSite(lab.apiUrl(), "password")).require(201);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly();
    server.waitFor();
    lab.close();
  }

  @Test
  void aServerKilledInTheMiddleOfABackupCleansUpWhenItStartsAgain() throws Exception {
    JsonNode before = api.await(backup());
    assertThat(before.get("state").asText()).as("%s", before).isEqualTo("succeeded");
    for (String step : List.of("snapshotting", "reading", "releasing")) {
      lab.guests().burst(lab.vmId("db01"), 8 << 20);
      JsonNode run = backup();
      waitUntil(run, now -> now.get("vms").findValuesAsText("state").contains(step));
      kill();
      startServer();
      waitUntilNothingIsLeft();
      JsonNode ended = api.get("/runs/" + run.get("id").asText());
      assertThat(ended.get("state").asText()).as(step).isIn("failed", "succeeded");
      assertIntact(before);
      assertThat(api.await(backup()).get("state").asText()).as(step).isEqualTo("succeeded");
    }
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void aServerKilledInTheMiddleOfARestoreLeavesTheVmAsItWasAndNothingElse() throws Exception {
    JsonNode before = api.await(backup());
    String vm = lab.vmId("db01");
    lab.power(vm, false);
    for (String step : List.of("writing", "verifying", "committing")) {
      List<String> disks = lab.diskIds(vm);
      String point = api.get("/points?vm=db01").get("items").get(0).get("id").asText();
      JsonNode run =
          api.post("/restores", "{\"point\":\"%s\",\"mode\":\"in-place\"}".formatted(point))
              .require(202);
      waitUntil(run, now -> now.get("vms").findValuesAsText("state").contains(step));
      kill();
      startServer();
      waitUntilNothingIsLeft();
      List<String> now = lab.diskIds(vm);
      assertThat(now).as(step).hasSameSizeAs(disks);
      boolean old = now.containsAll(disks);
      boolean whole = now.stream().noneMatch(disks::contains);
      assertThat(old || whole).as("%s: %s then %s", step, disks, now).isTrue();
      assertIntact(before);
    }
  }

  @Test
  void aPolicysRunThatAKillInterruptsIsEndedAndTakenUpAgainOnce() throws Exception {
    api.post("/policies", "{\"name\":\"p\",\"site\":\"lab\",\"vms\":[\"*\"]}").require(201);
    JsonNode run = api.post("/policies/p/runs", "").require(202);
    waitUntil(run, now -> now.get("vms").findValuesAsText("state").contains("reading"));
    kill();
    startServer();
    kill();
    startServer();
    waitUntilNothingIsLeft();
    JsonNode ended = api.await(run);
    List<JsonNode> repeats = new ArrayList<>();
    for (JsonNode line : api.get("/runs").get("items")) {
      JsonNode each = api.get("/runs/" + line.get("id").asText());
      if (each.has("repeatOf")) {
        repeats.add(api.await(each));
      }
    }
    if (ended.get("state").asText().equals("failed")) {
      assertThat(repeats.get(repeats.size() - 1).get("repeatOf")).isEqualTo(ended.get("id"));
      assertThat(repeats.get(0).get("state").asText()).isEqualTo("succeeded");
    }
    assertThat(repeats.stream().map(repeat -> repeat.get("repeatOf"))).doesNotHaveDuplicates();
    assertThat(api.get("/queue").get("items")).isEmpty();
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void aServerThatIsAskedToStopCancelsTheRunAndCleansUpFirst() throws Exception {
    JsonNode run = backup();
    waitUntil(run, now -> now.get("vms").findValuesAsText("state").contains("reading"));
    server.destroy();
    assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(lab.leftovers()).isEmpty();
    startServer();
    assertThat(api.get("/runs/" + run.get("id").asText()).get("state").asText())
        .isIn("cancelled", "succeeded");
  }

  private JsonNode backup() {
    return api.post("/runs", "{\"site\":\"lab\",\"vms\":[\"*\"]}").require(202);
  }

  /** Or until the run has ended: a quick machine may be through before it is looked at. */
  private void waitUntil(JsonNode run, Predicate<JsonNode> reached) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      JsonNode now = api.get("/runs/" + run.get("id").asText());
      if (reached.test(now) || now.has("ended")) {
        return;
      }
    }
    throw new AssertionError("Not reached: " + api.get("/runs/" + run.get("id").asText()));
  }

  private void waitUntilNothingIsLeft() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (api.get("/leftovers").get("items").isEmpty()) {
        assertThat(lab.leftovers()).isEmpty();
        return;
      }
      ApiCaller.pause();
    }
    throw new AssertionError("Still there: " + api.get("/leftovers") + lab.leftovers());
  }

  private void assertIntact(JsonNode run) {
    for (JsonNode vm : run.get("vms")) {
      JsonNode verified =
          api.post("/points/" + vm.get("point").asText() + "/verify", "").require(200);
      assertThat(verified.get("ok").asBoolean()).isTrue();
    }
  }

  private void kill() throws InterruptedException {
    server.destroyForcibly();
    server.waitFor();
  }

  private void startServer() throws IOException {
    Path config = directory.resolve("stillpoint.conf");
    Files.writeString(
        config,
        """
        http.port = 0
        hypervisor.answer-timeout = 10s
        hypervisor.operation-timeout = 1m
        hypervisor.poll-interval = 20ms
        queue.retry-after = 1s
        repository.reserve = 512MiB
        """);
    Path log = directory.resolve("server.log");
    Files.deleteIfExists(log);
    server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stillpoint.server.ServerMain",
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && server.isAlive()) {
      Matcher serving = SERVING.matcher(Files.readString(log));
      if (serving.find()) {
        api = new ApiCaller(URI.create(serving.group(1)), directory.resolve("data"));
        return;
      }
      ApiCaller.pause();
    }
    throw new AssertionError("The server did not start:\n" + Files.readString(log));
  }
}
