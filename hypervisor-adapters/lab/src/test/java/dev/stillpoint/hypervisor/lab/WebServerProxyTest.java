package dev.stillpoint.hypervisor.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stillpoint.hypervisor.lab.portal.PortalConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerProxyTest {
  @TempDir Path dir;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private HttpServer backend;
  private LabEngine lab;

  @BeforeEach
  void start() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    backend.setExecutor(workers);
    backend.start();
    URI target = URI.create("http://127.0.0.1:" + backend.getAddress().getPort() + "/");
    PortalConfig portal =
        PortalConfig.below(dir).withProxies(Map.of("/ovirt-engine-stillpoint/", target));
    lab = LabEngine.start(LabConfig.inDirectory(dir.resolve("lab")).withPortal(portal));
  }

  @AfterEach
  void stop() {
    lab.close();
    backend.stop(0);
    workers.shutdownNow();
  }

  @Test
  void thePathTheQueryTheTokenAndTheBodyArrive() throws Exception {
    backend.createContext("/", WebServerProxyTest::echo);
    HttpResponse<String> answer =
        http.send(
            request("api/v1/runs?vm=b%C3%BCro%20test")
                .header("Authorization", "Bearer t")
                .header("Stillpoint-Site", "lab")
                .POST(BodyPublishers.ofString("{\"a\":1}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo("POST /api/v1/runs?vm=b%C3%BCro%20test Bearer t lab http 7 {\"a\":1}");
    assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("SAMEORIGIN");
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String text =
          String.join(
              " ",
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("Stillpoint-Site"),
              exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"),
              exchange.getRequestHeaders().getFirst("Content-Length"),
              body);
      exchange.getResponseHeaders().set("X-Frame-Options", "SAMEORIGIN");
      exchange.sendResponseHeaders(202, text.getBytes(UTF_8).length);
      exchange.getResponseBody().write(text.getBytes(UTF_8));
    }
  }

  @Test
  void anEventArrivesWhileTheAnswerGoesOn() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    backend.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("data: 1\n\n".getBytes(UTF_8));
            out.flush();
            // The second comes only after the first was read at the other end.
            if (!await(seen)) {
              throw new IOException("nobody read the first event");
            }
            out.write("data: 2\n\n".getBytes(UTF_8));
          }
        });
    HttpResponse<InputStream> answer =
        http.send(request("api/v1/events").build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(9), UTF_8)).isEqualTo("data: 1\n\n");
      seen.countDown();
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("data: 2\n\n");
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void aHeadsLengthIsTheBackends() throws Exception {
    backend.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Length", "12345");
            exchange.sendResponseHeaders(200, -1);
          }
        });
    HttpResponse<Void> answer =
        http.send(
            request("x").method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.discarding());
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("12345");
  }

  @Test
  void anAnswerWithoutABodyStaysOne() throws Exception {
    backend.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(204, -1);
          }
        });
    assertThat(http.send(request("x").DELETE().build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void withoutABackendTheWebServerAnswers503() throws Exception {
    backend.stop(0);
    HttpResponse<String> answer = http.send(request("x").build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Service Unavailable");
  }

  @Test
  void aPathOrAnAddressWithoutItsSlashIsRefused() {
    PortalConfig portal = PortalConfig.below(dir);
    URI target = URI.create("http://127.0.0.1:1/");
    assertThatThrownBy(() -> portal.withProxies(Map.of("/a", target))).hasMessageContaining("/a");
    assertThatThrownBy(() -> portal.withProxies(Map.of("/a/", URI.create("http://127.0.0.1:1"))))
        .hasMessageContaining("http://127.0.0.1:1");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(lab.engineUrl() + "/ovirt-engine-stillpoint/" + path));
  }
}
