package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The lab seen from outside: its control API, and the engine it plays. */
final class LabClient {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final URI lab;
  private final URI api;
  private final URI portal;
  private final String user;
  private final String password;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /**
   * @param ready what the lab wrote into its ready file: {@code apiUrl}, {@code user}, {@code
   *     password}, {@code labUrl}, {@code portalUrl}
   */
  LabClient(JsonNode ready) {
    this.lab = withSlash(ready.path("labUrl").asText());
    this.api = withSlash(ready.path("apiUrl").asText());
    this.portal = URI.create(ready.path("portalUrl").asText());
    this.user = ready.path("user").asText();
    this.password = ready.path("password").asText();
  }

  private static URI withSlash(String url) {
    return URI.create(url.endsWith("/") ? url : url + "/");
  }

  URI page() {
    return lab;
  }

  /** The page that plays the administration portal. */
  URI portal() {
    return portal;
  }

  String apiUrl() {
    String url = api.toString();
    return url.substring(0, url.length() - 1);
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  JsonNode state() {
    return control("GET", "state", "");
  }

  /** Lets the guests of running VMs write, or makes them pause. */
  void letGuestsWrite(boolean writing) {
    control("POST", "guests", mapper.createObjectNode().put("writing", writing).toString());
  }

  /** Has a running VM's guest write that much at once. */
  void burst(String vm, long bytes) {
    control(
        "POST", "vms/" + vm + "/burst", mapper.createObjectNode().put("bytes", bytes).toString());
  }

  void power(String vm, boolean up) {
    control("POST", "vms/" + vm + "/power", mapper.createObjectNode().put("up", up).toString());
  }

  /** The lab's own sum of a disk as it is now, in hexadecimal. */
  String sha256(String disk) {
    return sum("disks/" + disk + "/sha256");
  }

  /** The lab's own sum of a disk as it was at a backup's snapshot. */
  String sha256AtBackup(String backup, String disk) {
    return sum("backups/" + backup + "/disks/" + disk + "/sha256");
  }

  private String sum(String path) {
    String sum = control("GET", path, "").path("sha256").asText();
    if (!sum.matches("[0-9a-f]{64}")) {
      throw new DemoFailure("The lab answered no SHA-256 for " + path + ": '" + sum + "'");
    }
    return sum;
  }

  /** Removes a VM with its disks by the engine's own API, as an administrator would. */
  void remove(String vm) {
    String form =
        "grant_type=password&scope=ovirt-app-api&username="
            + URLEncoder.encode(user, UTF_8)
            + "&password="
            + URLEncoder.encode(password, UTF_8);
    HttpRequest login =
        request(api.resolve("../sso/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    String token = json(send(login)).path("access_token").asText();
    send(
        request(api.resolve("vms/" + vm))
            .header("Authorization", "Bearer " + token)
            .DELETE()
            .build());
  }

  private JsonNode control(String verb, String path, String body) {
    HttpRequest request =
        request(lab.resolve(path))
            .header("Content-Type", "application/json")
            .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return json(send(request));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString(UTF_8));
      if (response.statusCode() >= 300) {
        throw new DemoFailure(
            "The lab answered "
                + response.statusCode()
                + " to "
                + request.method()
                + " "
                + request.uri()
                + ": "
                + response.body());
      }
      return response;
    } catch (IOException e) {
      throw new DemoFailure("The lab does not answer at " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("Interrupted while waiting for the lab", e);
    }
  }

  private JsonNode json(HttpResponse<String> response) {
    try {
      return response.body().isBlank()
          ? MissingNode.getInstance()
          : mapper.readTree(response.body());
    } catch (IOException e) {
      throw new DemoFailure("The lab answered no JSON: " + response.body(), e);
    }
  }
}
