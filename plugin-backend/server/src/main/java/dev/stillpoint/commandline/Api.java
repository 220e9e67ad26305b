package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.StringJoiner;

/** The server's REST API: one method per verb, refusals as {@link StillpointException}. */
final class Api {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  // The server itself may wait for a manager that is slow to answer; it gives up before this.
  private static final Duration ANSWER = Duration.ofMinutes(5);
  // Re-reading a large restore point is work, not silence.
  private static final Duration LONG_WORK = Duration.ofDays(7);

  private static final int LARGEST_PAGE = 1000;

  private final String server;
  private final String token;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /**
   * @param server the server's address without the API's path
   * @throws StillpointException of kind BAD_REQUEST when that is no HTTP address
   */
  Api(String server, String token) {
    this.server = checkedAddress(server);
    this.token = requireNonNull(token, "token");
  }

  private static String checkedAddress(String server) {
    try {
      URI uri = URI.create(server);
      String scheme = String.valueOf(uri.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return server.replaceAll("/+$", "");
      }
    } catch (IllegalArgumentException ignored) {
      // Said below, like every other text that is no address.
    }
    throw new StillpointException(
        ErrorKind.BAD_REQUEST,
        "'" + server + "' is not the address of a server",
        "Give one like http://127.0.0.1:8470 with --server or STILLPOINT_SERVER.");
  }

  /** A path from segments, each encoded as it must be: {@code path("sites", name, "vms")}. */
  static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return path.toString();
  }

  /** A query from names and values in turn, without the pairs whose value is empty. */
  static String query(String... namesAndValues) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        query.add(namesAndValues[i] + "=" + encoded(namesAndValues[i + 1]));
      }
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** An empty object to fill and send. */
  ObjectNode newBody() {
    return mapper.createObjectNode();
  }

  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody(), ANSWER);
  }

  /** A list that comes in pages, all of it. */
  Answer all(String path) {
    ArrayNode items = mapper.createArrayNode();
    String next = "";
    do {
      JsonNode page =
          get(path + query("limit", Integer.toString(LARGEST_PAGE), "after", next)).document();
      page.path("items").forEach(items::add);
      next = page.path("next").asText();
    } while (!next.isEmpty());
    ObjectNode whole = mapper.createObjectNode();
    whole.set("items", items);
    return new Answer(whole.toString(), whole);
  }

  /** What is not JSON, as it comes. */
  String text(String path, String type) {
    return send(request(path, LONG_WORK).setHeader("Accept", type).GET().build()).body();
  }

  Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), ANSWER);
  }

  /** Posts nothing but the wish, and waits as long as the work takes. */
  Answer postAndWait(String path) {
    return send("POST", path, BodyPublishers.noBody(), LONG_WORK);
  }

  /** The same with a body. */
  Answer postAndWait(String path, ObjectNode body) {
    return send("POST", path, BodyPublishers.ofString(body.toString()), LONG_WORK);
  }

  /** A table as text. */
  String getCsv(String path) {
    HttpRequest request =
        request(path, ANSWER).setHeader("Accept", "text/csv, application/problem+json").build();
    HttpResponse<String> response = exchange(request);
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), parsed(response));
    }
    return response.body();
  }

  Answer post(String path) {
    return send("POST", path, BodyPublishers.noBody(), ANSWER);
  }

  Answer post(String path, ObjectNode body) {
    return send("POST", path, BodyPublishers.ofString(body.toString()), ANSWER);
  }

  /** Posts a body that holds a secret, and wipes it. */
  Answer postAndWipe(String path, byte[] body) {
    try {
      return send("POST", path, BodyPublishers.ofByteArray(body), ANSWER);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  Answer put(String path, ObjectNode body) {
    return send("PUT", path, BodyPublishers.ofString(body.toString()), ANSWER);
  }

  /**
   * Puts a file as it is, and waits as long as that takes. Without {@code Expect: 100-continue}:
   * Java 17's client may wait for ever for the body's turn when it is refused (JDK-8286171).
   */
  Answer putFile(String path, BodyPublisher file) {
    HttpRequest request =
        request(path, LONG_WORK)
            .header("Content-Type", "application/octet-stream")
            .method("PUT", file)
            .build();
    return send(request);
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
        .timeout(timeout)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json, application/problem+json");
  }

  private Answer send(String verb, String path, BodyPublisher body, Duration timeout) {
    return send(
        request(path, timeout)
            .header("Content-Type", "application/json")
            .method(verb, body)
            .build());
  }

  private Answer send(HttpRequest request) {
    HttpResponse<String> response = exchange(request);
    JsonNode document = parsed(response);
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), document);
    }
    return new Answer(response.body(), document);
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new ServerUnreachableException(
          "The Stillpoint server at " + server + " does not answer (" + reason(e) + ")",
          "Start it (bin/stillpoint-server), or name another with --server or STILLPOINT_SERVER.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StillpointException(
          ErrorKind.CANCELLED, "Interrupted while waiting for the server", "", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }

  private JsonNode parsed(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (response.body().isBlank() || type.startsWith("text/csv")) {
      return MissingNode.getInstance();
    }
    try {
      return mapper.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new StillpointException(
          ErrorKind.INTERNAL,
          "What answers at "
              + server
              + " is not a Stillpoint server (status "
              + response.statusCode()
              + ", no JSON)",
          "Check the address given with --server or STILLPOINT_SERVER.",
          e);
    }
  }

  private static StillpointException refusal(int status, JsonNode problem) {
    ErrorKind kind =
        Arrays.stream(ErrorKind.values())
            .filter(known -> known.name().equals(problem.path("kind").asText()))
            .findFirst()
            .orElseGet(() -> kindOf(status));
    String detail = problem.path("detail").asText();
    String message = detail.isBlank() ? "The server answered with status " + status : detail;
    String remedy = problem.path("remedy").asText();
    return Arrays.stream(Place.values())
        .filter(place -> place.name().equalsIgnoreCase(problem.path("place").asText()))
        .findFirst()
        .map(place -> new StillpointException(kind, message, remedy, place))
        .orElseGet(() -> new StillpointException(kind, message, remedy));
  }

  /** For answers that a proxy or a newer server gave. */
  private static ErrorKind kindOf(int status) {
    return switch (status) {
      case 400 -> ErrorKind.BAD_REQUEST;
      case 401 -> ErrorKind.UNAUTHENTICATED;
      case 403 -> ErrorKind.PERMISSION;
      case 404 -> ErrorKind.NOT_FOUND;
      case 409 -> ErrorKind.CONFLICT;
      case 502 -> ErrorKind.HYPERVISOR_REFUSED;
      case 503, 504 -> ErrorKind.HYPERVISOR_UNAVAILABLE;
      case 507 -> ErrorKind.OUT_OF_SPACE;
      default -> ErrorKind.INTERNAL;
    };
  }
}
