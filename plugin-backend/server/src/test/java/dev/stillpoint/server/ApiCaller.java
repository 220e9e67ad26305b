package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Calls the API as a script would. */
final class ApiCaller {

  private static final Set<String> OPEN = Set.of("queued", "running");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI api;
  private final String token;

  ApiCaller(URI api, Path data) {
    this.api = api;
    try {
      this.token = Files.readString(data.resolve("api-token"), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A status and the document that came with it. */
  record Answer(int status, JsonNode body) {

    JsonNode require(int wanted) {
      if (status != wanted) {
        throw new AssertionError("Expected " + wanted + ", got " + status + ": " + body);
      }
      return body;
    }
  }

  /** The server's own. */
  String token() {
    return token;
  }

  JsonNode get(String path) {
    return call("GET", path, "").require(200);
  }

  Answer post(String path, String body) {
    return call("POST", path, body);
  }

  Answer call(String method, String path, String body) {
    return call(method, path, body, token);
  }

  Answer call(String method, String path, String body, String bearer) {
    return send(call(method, path, body, bearer, Map.of()));
  }

  /** Calls with a token of the manager of that site. */
  Answer callAs(String site, String bearer, String method, String path, String body) {
    return send(call(method, path, body, bearer, Map.of("Stillpoint-Site", site)));
  }

  private HttpRequest call(
      String method, String path, String body, String bearer, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), json.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** For calls whose answer is not JSON. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api + path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(60));
  }

  /** Waits for a run's end and gives it back. */
  JsonNode await(JsonNode run) {
    for (int i = 0; i < 3000; i++) {
      JsonNode now = get("/runs/" + run.get("id").asText());
      if (!OPEN.contains(now.get("state").asText())) {
        return now;
      }
      pause();
    }
    throw new AssertionError("The run did not end: " + get("/runs/" + run.get("id").asText()));
  }

  static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
