package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.LabEngine;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Tokens of the lab's engine, as its consoles get them. */
final class LabTokens {

  private LabTokens() {}

  /** Of an account whose password is {@code password}. */
  static String of(LabEngine lab, String name) throws IOException, InterruptedException {
    String form =
        "grant_type=password&scope=ovirt-app-api&password=password&username="
            + URLEncoder.encode(name, UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(lab.engineUrl() + "/ovirt-engine/sso/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer).get("access_token").asText();
  }
}
