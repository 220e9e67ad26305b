package dev.stillpoint.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import dev.stillpoint.hypervisor.lab.rest.Account;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** A lab, the server as it is shipped, and a caller of its API. */
final class LabServer implements AutoCloseable {

  final LabEngine lab;
  final StillpointServer server;
  final ApiCaller api;
  final String site;

  LabServer(Path directory) {
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
    server = new StillpointServer(configuration(data), adapters());
    api = new ApiCaller(server.apiUri(), data);
    site = api.post("/sites", newSite(lab.apiUrl(), "password")).require(201).get("id").asText();
  }

  static List<SiteConnector> adapters() {
    return ServiceLoader.load(SiteConnector.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  static Configuration configuration(Path data) {
    SiteTimeouts timeouts =
        new SiteTimeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofMillis(20));
    return new Configuration(
        "127.0.0.1",
        0,
        data,
        data.resolve("repository"),
        Optional.of(ByteCount.ofMebibytes(512)),
        new BackupRunner.Limits(2, 20),
        timeouts,
        Optional.empty(),
        UpkeepSettings.standard());
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
