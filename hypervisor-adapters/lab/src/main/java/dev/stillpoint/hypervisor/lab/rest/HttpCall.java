package dev.stillpoint.hypervisor.lab.rest;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request with everything that was sent.
 *
 * @param base scheme and authority as the client used them
 * @param headers by name, in any case, the first value of each
 */
public record HttpCall(
    String base,
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  /** Reads a request to its end. */
  public static HttpCall read(HttpExchange exchange, String scheme) throws IOException {
    URI uri = exchange.getRequestURI();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return new HttpCall(
        scheme + "://" + headers.getOrDefault("Host", "localhost"),
        exchange.getRequestMethod(),
        uri.getPath(),
        form(Optional.ofNullable(uri.getRawQuery()).orElse("")),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Takes a query or a form apart. */
  public static Map<String, String> form(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
