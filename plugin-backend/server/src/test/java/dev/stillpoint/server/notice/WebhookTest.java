package dev.stillpoint.server.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpServer;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.notify.NoticeException;
import dev.stillpoint.notify.ReportWriter;
import dev.stillpoint.notify.RunReport;
import dev.stillpoint.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  @TempDir private Path directory;
  private HttpServer server;
  private volatile int status = 204;
  private volatile String body = "";
  private volatile Optional<String> signature = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          signature =
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Stillpoint-Signature"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Webhook webhook(Optional<Path> secret) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/s3cret");
    return new Webhook(
        new WebhookSettings(url, secret, Set.of(RunState.FAILED)), JSON, () -> Samples.TIME);
  }

  private static RunReport report() {
    Run run = Samples.busyBackup("run-1");
    Run ended = run.end(RunState.FAILED, Optional.empty(), Samples.TIME.plusSeconds(9));
    return ReportWriter.write(ended, "nightly", "lab", ZoneOffset.UTC);
  }

  @Test
  void postsTheRunAsTheApiShowsIt() throws Exception {
    webhook(Optional.empty()).send(report());
    JsonNode call = JSON.readTree(body);
    assertThat(call.get("event").asText()).isEqualTo("run.ended");
    assertThat(call.get("summary").asText()).startsWith("[Stillpoint] Backup failed");
    assertThat(call.get("run").get("id").asText()).isEqualTo("run-1");
    assertThat(call.get("run").get("vms").get(0).get("vmName").asText())
        .isEqualTo(Samples.ODD_NAME);
    assertThat(signature).isEmpty();
  }

  @Test
  void signsItsCallsAndTheirTime() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "ključ\n");
    webhook(Optional.of(secret)).send(report());
    long seconds = Samples.TIME.getEpochSecond();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("ključ".getBytes(UTF_8), "HmacSHA256"));
    String expected = HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(UTF_8)));
    assertThat(signature).contains("t=" + seconds + ",v1=" + expected);
  }

  @Test
  void anErrorOfTheReceiverIsTriedAgainARefusalIsNot() {
    status = 503;
    assertThatThrownBy(() -> webhook(Optional.empty()).send(report()))
        .isInstanceOfSatisfying(
            NoticeException.class, e -> assertThat(e.worthAnotherTry()).isTrue())
        .hasMessageContaining("503")
        .hasMessageNotContaining("s3cret");
    status = 410;
    assertThatThrownBy(() -> webhook(Optional.empty()).send(report()))
        .isInstanceOfSatisfying(
            NoticeException.class, e -> assertThat(e.worthAnotherTry()).isFalse());
  }

  @Test
  void nothingIsSentUnsignedWhereTheSecretIsMissing() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> webhook(Optional.of(missing)).send(report()))
        .isInstanceOf(NoticeException.class);
    assertThat(body).isEmpty();
  }

  @Test
  void aTrialSaysThatItIsOneAndWhatCameOfIt() throws Exception {
    webhook(Optional.empty()).tryOut();
    assertThat(JSON.readTree(body).get("event").asText()).isEqualTo("trial");
    assertThat(JSON.readTree(body).path("run").isObject()).isFalse();
    status = 403;
    assertThatThrownBy(() -> webhook(Optional.empty()).tryOut())
        .isInstanceOf(NoticeException.class)
        .hasMessageContaining("answered 403")
        .hasMessageNotContaining("s3cret");
  }
}
