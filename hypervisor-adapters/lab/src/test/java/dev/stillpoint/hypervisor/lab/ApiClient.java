package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.doc.Xml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A plain client of the lab's API, which knows nothing of its inside. */
public final class ApiClient {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String engineUrl;
  private final String token;

  public ApiClient(String engineUrl, String user, String password) {
    this.engineUrl = engineUrl;
    HttpResponse<String> answer =
        send(
            request("/ovirt-engine/sso/oauth/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "grant_type=password&scope=ovirt-app-api&username="
                            + user.replace("@", "%40")
                            + "&password="
                            + password)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    this.token = answer.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
  }

  public static ApiClient of(LabEngine lab) {
    return new ApiClient(
        lab.engineUrl(), lab.administrator().name(), lab.administrator().password());
  }

  public String token() {
    return token;
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(engineUrl + path)).timeout(PATIENCE);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A call below /ovirt-engine/api, with a body unless it is empty. */
  public HttpResponse<String> call(String method, String path, String body) {
    return call(method, path, body, new TreeMap<>(Map.of("Accept", "application/xml")));
  }

  public HttpResponse<String> call(
      String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request("/ovirt-engine/api" + path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/xml")
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  /** The document of a call that must go well. */
  public Element get(String path) {
    HttpResponse<String> answer = call("GET", path, "");
    assertThat(answer.statusCode()).as("GET " + path + ": " + answer.body()).isEqualTo(200);
    return parse(answer.body());
  }

  public Element post(String path, String body) {
    HttpResponse<String> answer = call("POST", path, body);
    assertThat(answer.statusCode()).as("POST " + path + ": " + answer.body()).isBetween(200, 202);
    return parse(answer.body());
  }

  /** The status and the detail of a call that must be refused. */
  public String refused(String method, String path, String body) {
    HttpResponse<String> answer = call(method, path, body);
    assertThat(answer.statusCode()).as(method + " " + path).isGreaterThanOrEqualTo(400);
    if (answer.body().isEmpty()) {
      return Integer.toString(answer.statusCode());
    }
    Element document = parse(answer.body());
    String detail = document.textAt("fault/detail").or(() -> document.textAt("detail")).orElse("");
    return answer.statusCode() + " " + detail;
  }

  static Element parse(String xml) {
    try {
      return Xml.read(xml);
    } catch (IOException e) {
      throw new UncheckedIOException(xml, e);
    }
  }

  /** The different values a leaf takes until it takes the last one. */
  public List<String> watch(String path, String leaf, String last) {
    return watch(path, leaf, last, ApiClient::pause);
  }

  /** The same of an engine that is held: whatever this machine does, no value is missed. */
  public List<String> watchSteps(LabEngine held, String path, String leaf, String last) {
    return watch(path, leaf, last, held::step);
  }

  private List<String> watch(String path, String leaf, String last, Runnable between) {
    List<String> seen = new ArrayList<>();
    waitUntil(
        path,
        document -> {
          String value = document.textAt(leaf).orElse("");
          if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(value)) {
            seen.add(value);
          }
          return value.equals(last);
        },
        between);
    return seen;
  }

  public Element waitUntil(String path, Predicate<Element> wanted) {
    return waitUntil(path, wanted, ApiClient::pause);
  }

  private Element waitUntil(String path, Predicate<Element> wanted, Runnable between) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Element document = get(path);
      if (wanted.test(document)) {
        return document;
      }
      between.run();
    }
    throw new AssertionError(path + " did not get there: " + get(path));
  }

  public void waitUntilGone(String path) {
    Instant end = Instant.now().plus(PATIENCE);
    while (call("GET", path, "").statusCode() != 404) {
      assertThat(Instant.now()).as(path + " is still there").isBefore(end);
      pause();
    }
  }

  static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
