package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers what a test told it to, in the contract's shapes, and keeps what it was asked. */
final class FakeServer implements AutoCloseable {

  static final String TOKEN = "s3cret";

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers such a call; told several times, with each in turn, and the last for ever. */
  synchronized FakeServer on(String call, int status, String body) {
    replies.computeIfAbsent(call, c -> new ArrayDeque<>()).add(new Reply(status, body));
    return this;
  }

  FakeServer refusing(String call, int status, String kind) {
    return on(
        call,
        status,
        """
        {"type":"about:blank","title":"No","status":%d,"kind":"%s","detail":"It is %s","remedy":"Do something about it."}"""
            .formatted(status, kind, kind));
  }

  /** Verb, path and query of each call, as they came. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized String lastBody() {
    return bodies.get(bodies.size() - 1);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String uri = exchange.getRequestURI().toString().substring("/api/v1".length());
      String call = exchange.getRequestMethod() + " " + uri;
      calls.add(call);
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Reply reply = reply(exchange, call);
      byte[] body = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange, String call) {
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return new Reply(
          401,
          """
          {"status":401,"kind":"UNAUTHENTICATED","detail":"The token is wrong","remedy":"Take the server's."}""");
    }
    Deque<Reply> told = replies.getOrDefault(call, new ArrayDeque<>());
    if (told.isEmpty()) {
      return new Reply(500, "{\"kind\":\"INTERNAL\",\"detail\":\"Not told: " + call + "\"}");
    }
    return told.size() > 1 ? told.removeFirst() : told.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private record Reply(int status, String body) {}
}
