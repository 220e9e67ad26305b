package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stands before an engine; drops, refuses or notes requests, loses or changes their answers. */
final class LossyProxy implements AutoCloseable {

  private record Canned(int status, String type, String body) {}

  private static final List<String> PASSED = List.of("Authorization", "Content-type", "Accept");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final URI engine;
  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Canned> answered = new ConcurrentHashMap<>();
  private final AtomicReference<UnaryOperator<String>> rewritten =
      new AtomicReference<>(UnaryOperator.identity());
  private final AtomicReference<Predicate<String>> dropped = new AtomicReference<>(call -> false);
  private final AtomicReference<Predicate<String>> lost = new AtomicReference<>(call -> false);

  LossyProxy(String engineUrl) throws IOException {
    engine = URI.create(engineUrl);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::pass);
    server.start();
  }

  /** Method, path and query of each call so far, in their order. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** The next such calls never arrive; they are refused with 409. */
  void refuse(String method, String pathEnd, String detail) {
    answer(
        method,
        pathEnd,
        409,
        "application/xml;charset=UTF-8",
        "<action><fault><detail>["
            + detail
            + "]</detail><reason>Operation Failed</reason></fault>"
            + "<status>failed</status></action>");
  }

  /** From now on such calls never arrive; this is answered instead. */
  void answer(String method, String pathEnd, int status, String type, String body) {
    answered.put(method + " " + pathEnd, new Canned(status, type, body));
  }

  /** From now on each answer is changed so before it is handed on. */
  void rewrite(UnaryOperator<String> change) {
    rewritten.set(change);
  }

  URI apiUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ovirt-engine/api");
  }

  /** The next request that matches is carried out, but its answer never arrives. */
  void loseNextAnswerTo(String method, String pathEnd) {
    lost.set(once(method, pathEnd));
  }

  /** The next request that matches never arrives. */
  void dropNext(String method, String pathEnd) {
    dropped.set(once(method, pathEnd));
  }

  private static Predicate<String> once(String method, String pathEnd) {
    AtomicBoolean done = new AtomicBoolean();
    return call ->
        call.startsWith(method + " ") && call.endsWith(pathEnd) && done.compareAndSet(false, true);
  }

  /**
   * From the n-th request on that changes something, nothing arrives any more: the process died.
   *
   * @param arrives the n-th request itself is still carried out
   */
  void dieAtChange(int n, boolean arrives) {
    AtomicInteger changes = new AtomicInteger();
    Predicate<String> dead = call -> changes.get() > n || (!arrives && changes.get() == n);
    dropped.set(
        call -> {
          if (!call.startsWith("GET ")) {
            changes.incrementAndGet();
          }
          return dead.test(call);
        });
    lost.set(call -> changes.get() >= n);
  }

  /** Whether a death that was arranged has come. */
  boolean isDead() {
    return lost.get().test("GET /");
  }

  private void pass(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (dropped.get().test(call)) {
      throw new IOException("dropped on purpose");
    }
    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    Optional<Canned> canned =
        answered.entrySet().stream()
            .filter(entry -> call.startsWith(entry.getKey().split(" ")[0] + " "))
            .filter(entry -> call.endsWith(entry.getKey().split(" ")[1]))
            .map(Map.Entry::getValue)
            .findFirst();
    if (canned.isPresent()) {
      send(exchange, canned.get());
      return;
    }
    HttpResponse<byte[]> answer = forward(exchange);
    if (lost.get().test(call)) {
      throw new IOException("lost on purpose");
    }
    try (exchange) {
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      byte[] body =
          rewritten.get().apply(new String(answer.body(), ISO_8859_1)).getBytes(ISO_8859_1);
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void send(HttpExchange exchange, Canned canned) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = canned.body().getBytes(ISO_8859_1);
      exchange.getResponseHeaders().set("Content-Type", canned.type());
      exchange.sendResponseHeaders(canned.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(engine.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED.stream().anyMatch(name::equalsIgnoreCase)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
