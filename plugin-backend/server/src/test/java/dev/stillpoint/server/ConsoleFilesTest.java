package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in test resources, served as the real one is. */
class ConsoleFilesTest {

  private static final String SCRIPT = "/console/assets/app-1a2b3c.js";

  private final HttpClient http = HttpClient.newHttpClient();
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() {
    endpoint = new HttpEndpoint("127.0.0.1", 0, new ResourceConfig());
    endpoint.start();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.apiUri().resolve(path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void theFirstPageIsAskedForAnewEachTimeAndMayLoadOnlyWhatIsOurs() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", "/console/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).contains("A console for tests");
    assertThat(header(answer, "Content-Type")).startsWith("text/html");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(answer, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                + " font-src 'self' data:; frame-ancestors 'self'; base-uri 'none';"
                + " form-action 'self'; object-src 'none'");
    assertThat(header(answer, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
    assertThat(ask("GET", "/console/index.html").body()).isEqualTo(answer.body());
  }

  @Test
  void aPageThatIsAsItWasIsNotSentAgain() throws Exception {
    String tag = header(ask("GET", "/console/"), "ETag");
    assertThat(tag).isNotEmpty();
    assertThat(ask("GET", "/console/", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void assetsAreKeptForEverAndComeCompressedWhereTheyLieSo() throws Exception {
    HttpResponse<byte[]> plain = ask("GET", SCRIPT);
    assertThat(header(plain, "Content-Type")).contains("javascript");
    assertThat(header(plain, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(new String(plain.body(), UTF_8)).contains("for tests");
    HttpResponse<byte[]> packed = ask("GET", SCRIPT, "Accept-Encoding", "gzip");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Content-Type")).contains("javascript");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  @Test
  void onlyReadingIsPossibleAndOnlyBelowTheConsole() throws Exception {
    assertThat(ask("HEAD", SCRIPT).statusCode()).isEqualTo(200);
    assertThat(ask("POST", SCRIPT).statusCode()).isEqualTo(405);
    assertThat(ask("GET", "/console/none.js").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/console/assets/").statusCode()).isIn(403, 404);
    assertThat(ask("GET", "/console/%2e%2e/package-info.class").statusCode()).isIn(400, 404);
    assertThat(ask("GET", "/console/..%2f..%2f..%2flogback.xml").statusCode()).isIn(400, 404);
  }

  @Test
  void theRootLeadsToTheConsoleWithoutNamingAServer() throws Exception {
    for (String path : new String[] {"/", "/console"}) {
      HttpResponse<byte[]> answer = ask("GET", path);
      assertThat(answer.statusCode()).as(path).isEqualTo(302);
      assertThat(header(answer, "Location")).isEqualTo("console/");
      assertThat(URI.create("http://engine/ovirt-engine-stillpoint" + path).resolve("console/"))
          .isEqualTo(URI.create("http://engine/ovirt-engine-stillpoint/console/"));
    }
  }
}
