package dev.stillpoint.hypervisor.lab.portal;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what comes below a path, as Apache's ProxyPass before an engine does: bodies as they
 * come in both directions, the Authorization header too. Safe for use by many threads.
 */
public final class WebServerProxy implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(WebServerProxy.class);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int NO_BODY = -1;
  private static final int UNKNOWN_LENGTH = 0;

  /** About one connection, or the client's to set; in lower case. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final String path;
  private final URI target;
  private final String scheme;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /**
   * @param path what is passed on begins so, with a slash at the end
   * @param target goes in its place, with a slash at the end
   * @param scheme http or https, as the browser sees it
   */
  public WebServerProxy(String path, URI target, String scheme) {
    this.path = requireNonNull(path, "path");
    this.target = requireNonNull(target, "target");
    this.scheme = requireNonNull(scheme, "scheme");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<InputStream> answer;
      try {
        answer = client.send(request(exchange), BodyHandlers.ofInputStream());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException e) {
        LOG.debug("no answer from {}", target, e);
        unavailable(exchange);
        return;
      }
      try (InputStream body = answer.body()) {
        pass(answer, body, exchange);
      }
    }
  }

  private HttpRequest request(HttpExchange exchange) {
    String rest = exchange.getRequestURI().toString().substring(path.length());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + rest))
            .method(exchange.getRequestMethod(), body(exchange))
            .header("X-Forwarded-Proto", scheme)
            .header("X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress());
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host != null) {
      request.header("X-Forwarded-Host", host);
    }
    return request.build();
  }

  private static BodyPublisher body(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String length = headers.getFirst("Content-Length");
    if (length == null && !headers.containsKey("Transfer-Encoding")) {
      return BodyPublishers.noBody();
    }
    BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
    if (length == null) {
      return stream;
    }
    long bytes = Long.parseLong(length);
    return bytes == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(stream, bytes);
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void pass(
      HttpResponse<InputStream> answer, InputStream body, HttpExchange exchange)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                values.forEach(value -> headers.add(name, value));
              }
            });
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    int status = answer.statusCode();
    if (exchange.getRequestMethod().equals("HEAD")) {
      length.ifPresent(bytes -> headers.set("Content-Length", Long.toString(bytes)));
      exchange.sendResponseHeaders(status, NO_BODY);
    } else if (status == 204 || status == 304 || length.orElse(1) == 0) {
      exchange.sendResponseHeaders(status, NO_BODY);
    } else {
      exchange.sendResponseHeaders(status, length.orElse(UNKNOWN_LENGTH));
      copy(body, exchange.getResponseBody());
    }
  }

  /** What has come is sent at once: events are waited for. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
      to.flush();
    }
  }

  private static void unavailable(HttpExchange exchange) throws IOException {
    byte[] page =
        "<html><head><title>503 Service Unavailable</title></head><body></body></html>"
            .getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=iso-8859-1");
    exchange.sendResponseHeaders(503, page.length);
    exchange.getResponseBody().write(page);
  }
}
