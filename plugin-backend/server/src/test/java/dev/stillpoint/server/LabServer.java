package dev.stillpoint.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.backup.Sampling;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import dev.stillpoint.hypervisor.lab.rest.Account;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.job.RetryRule;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.server.log.LogFormat;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** A lab, the server as it is shipped, and a caller of its API. */
final class LabServer implements AutoCloseable {

  /** Longer than a busy machine may stand still: no test waits for their end. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final Duration OPERATION = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final QueueSettings QUEUE =
      new QueueSettings(1, new RetryRule(3, Duration.ofSeconds(1)));

  final LabEngine lab;
  final StillpointServer server;
  final ApiCaller api;
  final String site;

  LabServer(Path directory) {
    this(directory, Optional.empty(), Sampling.STANDARD);
  }

  LabServer(Path directory, Sampling sampling) {
    this(directory, Optional.empty(), sampling);
  }

  LabServer(Path directory, Optional<PostgresAddress> database) {
    this(directory, database, Sampling.STANDARD);
  }

  private LabServer(Path directory, Optional<PostgresAddress> database, Sampling sampling) {
    this(directory, configuration(directory.resolve("data"), database, sampling));
  }

  /** With a configuration of another kind, whose data lie in {@code data}. */
  LabServer(Path directory, Configuration configuration) {
    try {
      lab =
          LabEngine.start(
              LabConfig.inDirectory(directory.resolve("lab"))
                  .withAccounts(
                      List.of(
                          Account.administrator("admin@internal", "password"),
                          Account.plain("clerk@internal", "password", Set.of("web01")),
                          Account.plain("owner@internal", "password", Set.of("web01")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path data = directory.resolve("data");
    server = new StillpointServer(configuration, adapters());
    api = new ApiCaller(server.apiUri(), data);
    site = api.post("/sites", newSite(lab.apiUrl(), "password")).require(201).get("id").asText();
  }

  static List<SiteConnector> adapters() {
    return ServiceLoader.load(SiteConnector.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  static Configuration configuration(Path data) {
    return configuration(data, Optional.empty(), Sampling.STANDARD);
  }

  static Configuration configuration(Path data, Optional<PostgresAddress> database) {
    return configuration(data, database, Sampling.STANDARD);
  }

  private static Configuration configuration(
      Path data, Optional<PostgresAddress> database, Sampling sampling) {
    return configuration(data, database, sampling, OPERATION, QUEUE);
  }

  static Configuration configuration(
      Path data,
      Optional<PostgresAddress> database,
      Sampling sampling,
      Duration operations,
      QueueSettings queue) {
    SiteTimeouts timeouts = new SiteTimeouts(ANSWER, ANSWER, operations, POLL);
    return configuration(data, database, sampling, timeouts, queue);
  }

  /** Of a server that gives up a manager that says nothing after so long. */
  static Configuration impatient(Path data, Duration answer) {
    SiteTimeouts timeouts = new SiteTimeouts(answer, answer, OPERATION, POLL);
    return configuration(data, Optional.empty(), Sampling.STANDARD, timeouts, QUEUE);
  }

  private static Configuration configuration(
      Path data,
      Optional<PostgresAddress> database,
      Sampling sampling,
      SiteTimeouts timeouts,
      QueueSettings queue) {
    return new Configuration(
        "127.0.0.1",
        0,
        data,
        database,
        data.resolve("repository"),
        Optional.of(ByteCount.ofMebibytes(512)),
        new BackupRunner.Limits(GroupRules.standard(2), 20, sampling),
        timeouts,
        new NoticeSettings(ZoneOffset.UTC, Optional.empty(), Optional.empty()),
        queue,
        20,
        Optional.empty(),
        UpkeepSettings.standard(),
        LogFormat.TEXT);
  }

  static String newSite(String url, String password) {
    return """
        {"name":"lab","kind":"ovirt","url":"%s","username":"admin@internal","password":"%s"}"""
        .formatted(url, password);
  }

  JsonNode backup(String... vms) {
    String names = String.join("\",\"", vms);
    return api.await(
        api.post("/runs", "{\"site\":\"%s\",\"vms\":[\"%s\"]}".formatted(site, names))
            .require(202));
  }

  JsonNode restore(String body) {
    return api.await(api.post("/restores", body).require(202));
  }

  String newestPoint(String vm) {
    return api.get("/points?vm=" + vm).get("items").get(0).get("id").asText();
  }

  @Override
  public void close() {
    server.close();
    lab.close();
  }
}
