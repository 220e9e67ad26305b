package dev.stillpoint.hypervisor.ovirt;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Stands before an engine; drops a chosen request or loses its answer. */
final class LossyProxy implements AutoCloseable {

  private static final List<String> PASSED = List.of("Authorization", "Content-type", "Accept");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final URI engine;
  private final HttpServer server;
  private final AtomicReference<Predicate<String>> dropped = new AtomicReference<>(call -> false);
  private final AtomicReference<Predicate<String>> lost = new AtomicReference<>(call -> false);

  LossyProxy(String engineUrl) throws IOException {
    engine = URI.create(engineUrl);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::pass);
    server.start();
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
    HttpResponse<byte[]> answer = forward(exchange);
    if (lost.get().test(call)) {
      throw new IOException("lost on purpose");
    }
    try (exchange) {
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
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
