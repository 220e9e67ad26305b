package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Signing in with a name and a password, at the manager. */
class SignInTest {

  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private LabServer it;

  @BeforeEach
  void start() {
    it = new LabServer(directory);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private HttpResponse<String> signIn(String user, String password, String address)
      throws IOException, InterruptedException {
    String body =
        "{\"site\":\"lab\",\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    return http.send(
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + "/sign-in"))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "198.51.100.7, " + address)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode signedIn(String user) throws IOException, InterruptedException {
    HttpResponse<String> answer = signIn(user, "password", HERE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private int callerWith(String token) {
    return it.api.callAs("lab", token, "GET", "/caller", "").status();
  }

  @Test
  void theSitesAreNamedToEverybodyAndNoMoreThanThat() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + "/sign-in")).build();
    assertThat(http.send(request, BodyHandlers.ofString()).body())
        .isEqualTo("{\"items\":[\"lab\"]}");
  }

  @Test
  void whoSignsInGetsATokenOfTheManagerThatSigningOutEnds() throws Exception {
    JsonNode owner = signedIn("owner@internal");
    assertThat(owner.get("user").asText()).isEqualTo("owner@internal-authz");
    assertThat(owner.get("site").asText()).isEqualTo(it.site);
    assertThat(owner.get("administrator").asBoolean()).isFalse();
    assertThat(owner.has("validUntil")).isTrue();
    String token = owner.get("token").asText();
    assertThat(callerWith(token)).isEqualTo(200);
    JsonNode ended = it.api.callAs("lab", token, "POST", "/sign-out", "").require(200);
    assertThat(ended.get("ended").asBoolean()).isTrue();
    assertThat(callerWith(token)).isEqualTo(401);
    assertThat(signedIn("admin@internal").get("administrator").asBoolean()).isTrue();
  }

  @Test
  void aTokenOfThePortalIsNotEnded() throws Exception {
    String portals = LabTokens.of(it.lab, "admin@internal");
    JsonNode answer = it.api.callAs("lab", portals, "POST", "/sign-out", "").require(200);
    assertThat(answer.get("ended").asBoolean()).isFalse();
    assertThat(callerWith(portals)).isEqualTo(200);
    assertThat(it.api.post("/sign-out", "").require(200).get("ended").asBoolean()).isFalse();
  }

  @Test
  void whoTriesPasswordsIsSlowedDownAndNobodyElse() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> refused = signIn("owner@internal", "wrong", HERE);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
      assertThat(refused.body()).contains("Correct the user name").doesNotContain("api-token");
    }
    HttpResponse<String> slowed = signIn("owner@internal", "wrong", HERE);
    while (slowed.statusCode() == 401) {
      // On a slow machine the first, short wait was over already; the next one is longer.
      slowed = signIn("owner@internal", "wrong", HERE);
    }
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("Retry-After").map(Integer::valueOf).orElseThrow())
        .isBetween(1, 61);
    assertThat(signIn("owner@internal", "password", THERE).statusCode()).isEqualTo(200);
    assertThat(signIn("admin@internal", "password", HERE).statusCode()).isEqualTo(200);
  }

  @Test
  void aSiteThatIsNotThereIsLikeAWrongPassword() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + "/sign-in"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"site\":\"x\",\"user\":\"u\",\"password\":\"p\"}"))
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
  }

  @Test
  void itIsWrittenDownWhoTriedAndNoPasswordAnywhere() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      signIn("owner@internal", "wrong-Geheim-1", HERE);
      signedIn("owner@internal");
    } finally {
      root.detachAppender(log);
    }
    JsonNode tries = it.api.get("/audit?action=signin.signIn&sort=time").get("items");
    assertThat(tries).hasSize(2);
    assertThat(tries.get(0).get("subject").asText()).isEqualTo("sign-in/lab/owner@internal");
    assertThat(tries.get(0).get("result").asText()).isEqualTo("refused");
    assertThat(tries.get(1).get("actor").asText()).isEqualTo("owner@internal-authz");
    assertThat(it.api.get("/audit").toString()).doesNotContain("Geheim");
    assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("Geheim"));
  }
}
