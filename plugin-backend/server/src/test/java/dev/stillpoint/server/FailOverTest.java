package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.persistence.PostgresCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one PostgreSQL, as processes: the one that works is killed in the middle of a run,
 * the one that was refused until then takes its place. No run is lost, none is made twice.
 */
class FailOverTest {

  private static final Pattern SERVING = Pattern.compile("serving (http://\\S+)");

  @TempDir Path directory;
  private PostgresCluster cluster;
  private PostgresAddress address;
  private LabEngine lab;
  private final List<Process> servers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    cluster = new PostgresCluster();
    address = cluster.newDatabase();
    lab = LabEngine.start(LabConfig.inDirectory(directory.resolve("lab")));
  }

  @AfterEach
  void stop() throws Exception {
    for (Process server : servers) {
      server.destroyForcibly();
      server.waitFor();
    }
    if (lab != null) {
      lab.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theOneInReserveEndsTheRunInTheMiddleRepeatsItOnceAndGoesOnWithTheQueue() throws Exception {
    ApiCaller first = serve("first").orElseThrow();
    first.post("/sites", LabServer.newSite(lab.apiUrl(), "password")).require(201);
    policy(first, "p", "db01", "web01", "legacy01");
    policy(first, "q", "files01");
    assertThat(serve("refused")).as("while the first works").isEmpty();
    JsonNode interrupted = first.post("/policies/p/runs", "").require(202);
    JsonNode waiting = first.post("/policies/q/runs", "").require(202);
    awaitReading(first, interrupted);

    servers.get(0).destroyForcibly();
    servers.get(0).waitFor();
    ApiCaller second = serveUntilItMay();

    JsonNode ended = second.await(interrupted);
    assertThat(second.await(waiting).get("state").asText()).isEqualTo("succeeded");
    awaitQuiet(second);
    List<String> repeats = new ArrayList<>();
    for (JsonNode line : second.get("/runs").get("items")) {
      JsonNode run = second.get("/runs/" + line.get("id").asText());
      if (run.has("repeatOf")) {
        repeats.add(run.get("repeatOf").asText());
        assertThat(run.get("state").asText()).as("%s", run).isEqualTo("succeeded");
      }
    }
    assertThat(second.get("/runs").get("items")).hasSize(2 + repeats.size());
    if (ended.get("state").asText().equals("failed")) {
      assertThat(repeats).containsExactly(interrupted.get("id").asText());
    } else {
      assertThat(repeats).isEmpty();
    }
    for (String vm : List.of("db01", "web01", "legacy01", "files01")) {
      assertThat(second.get("/points?vm=" + vm).get("items")).as(vm).hasSize(1);
    }
    assertThat(lab.leftovers()).isEmpty();
  }

  private static void policy(ApiCaller api, String name, String... vms) {
    api.post(
            "/policies",
            "{\"name\":\"%s\",\"site\":\"lab\",\"vms\":[\"%s\"]}"
                .formatted(name, String.join("\",\"", vms)))
        .require(201);
  }

  /** Or until it has ended: a quick machine may be through before it is looked at. */
  private static void awaitReading(ApiCaller api, JsonNode run) {
    JsonNode now = run;
    while (!now.has("ended") && !now.get("vms").findValuesAsText("state").contains("reading")) {
      now = api.get("/runs/" + run.get("id").asText());
    }
  }

  private static void awaitQuiet(ApiCaller api) {
    while (!api.get("/queue").get("items").isEmpty()
        || !api.get("/leftovers").get("items").isEmpty()) {
      ApiCaller.pause();
    }
  }

  /** As a service manager does: again and again. PostgreSQL may need a moment to see the death. */
  private ApiCaller serveUntilItMay() throws IOException {
    while (true) {
      Optional<ApiCaller> api = serve("second-" + servers.size());
      if (api.isPresent()) {
        return api.get();
      }
    }
  }

  /** Empty when it ends instead, because another works with the database. */
  private Optional<ApiCaller> serve(String name) throws IOException {
    Path config = directory.resolve(name + ".conf");
    Files.writeString(
        config,
        """
        http.port = 0
        data.directory = %s
        database.url = %s
        database.user = %s
        database.password-file = %s
        hypervisor.operation-timeout = 1m
        hypervisor.poll-interval = 20ms
        queue.retry-after = 1s
        repository.reserve = 512MiB
        """
            .formatted(
                directory.resolve("data"),
                address.url(),
                address.user(),
                address.passwordFile().orElseThrow()));
    Path log = directory.resolve(name + ".log");
    Process server =
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
    servers.add(server);
    while (server.isAlive()) {
      Matcher serving = SERVING.matcher(Files.readString(log, UTF_8));
      if (serving.find()) {
        URI api = URI.create(serving.group(1));
        return Optional.of(new ApiCaller(api, directory.resolve("data")));
      }
      ApiCaller.pause();
    }
    assertThat(Files.readString(log, UTF_8))
        .contains("Another Stillpoint server works with the database");
    return Optional.empty();
  }
}
