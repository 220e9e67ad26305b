package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.model.Ids;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What changes, told while it changes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsTest {

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private LabServer it;

  /** An event as it came. */
  private record Event(String name, JsonNode data) {

    boolean isEndOf(String run) {
      return name.equals("run")
          && data.get("id").asText().equals(run)
          && data.get("state").asText().equals("succeeded");
    }
  }

  /** Reads events as a browser would. */
  private final class Listener implements AutoCloseable {

    private final BufferedReader lines;
    private final List<Event> seen = new ArrayList<>();

    Listener(HttpRequest.Builder request) throws IOException, InterruptedException {
      HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    Event until(Predicate<Event> wanted) throws IOException {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("event: ")) {
          String data = lines.readLine().substring("data: ".length());
          seen.add(new Event(line.substring("event: ".length()), json.readTree(data)));
          if (wanted.test(seen.get(seen.size() - 1))) {
            return seen.get(seen.size() - 1);
          }
        }
        line = lines.readLine();
      }
      throw new AssertionError("The events ended: " + seen);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @BeforeEach
  void start() {
    it = new LabServer(directory);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void tellsOfARunItsPointsAndTheSpaceItTakes() throws Exception {
    try (Listener listener = new Listener(it.api.request("/events"))) {
      listener.until(event -> event.name().equals("repository"));
      String run = it.backup("web01").get("id").asText();
      Event last = listener.until(event -> event.isEndOf(run));
      assertThat(last.data().get("vmCount").asInt()).isEqualTo(1);
      assertThat(last.data().get("vmsEnded").asInt()).isEqualTo(1);
      assertThat(last.data().get("bytesDone").asLong())
          .isPositive()
          .isEqualTo(last.data().get("bytesTotal").asLong());
      listener.until(e -> e.name().equals("points") || holdsPoints(listener));
      Event points =
          listener.seen.stream().filter(e -> e.name().equals("points")).findFirst().orElseThrow();
      assertThat(points.data().get("vms").get(0).asText()).isEqualTo(it.lab.vmId("web01"));
    }
  }

  private static boolean holdsPoints(Listener listener) {
    return listener.seen.stream().anyMatch(event -> event.name().equals("points"));
  }

  @Test
  void tellsOfPointsThatGo() throws Exception {
    it.backup("web01");
    String point = it.newestPoint("web01");
    try (Listener listener = new Listener(it.api.request("/events"))) {
      listener.until(event -> event.name().equals("repository"));
      it.api.post("/points/deletions", "{\"points\":[\"" + point + "\"]}").require(200);
      listener.until(event -> event.name().equals("points"));
    }
  }

  @Test
  void somebodyOfAManagerIsToldOfWhatHeSeesOnly() throws Exception {
    it.lab.organise(
        org ->
            org.grant(
                org.role("UserVmManager").orElseThrow().id(),
                Ids.named("user owner@internal"),
                "vm",
                it.lab.vmId("web01")));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + "/events"))
            .header("Authorization", "Bearer " + LabTokens.of(it.lab, "owner@internal"))
            .header("Stillpoint-Site", "lab");
    try (Listener listener = new Listener(request)) {
      listener.until(event -> event.name().equals("queue"));
      String hidden = it.backup("db01").get("id").asText();
      String shown = it.backup("web01").get("id").asText();
      listener.until(event -> event.isEndOf(shown));
      assertThat(listener.seen.toString()).doesNotContain(hidden, it.lab.vmId("db01"), "db01");
      assertThat(listener.seen).noneMatch(event -> event.name().equals("repository"));
    }
  }

  @Test
  void aListenerWhoStopsReadingHoldsNobodyUp() throws Exception {
    URI api = it.server.apiUri();
    try (Socket deaf = new Socket(api.getHost(), api.getPort());
        Listener listener = new Listener(it.api.request("/events"))) {
      deaf.setReceiveBufferSize(1024);
      String request =
          "GET %s/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(api.getPath(), it.api.token());
      deaf.getOutputStream().write(request.getBytes(UTF_8));
      deaf.getOutputStream().flush();
      String run = it.backup("web01", "db01").get("id").asText();
      assertThat(listener.until(event -> event.isEndOf(run))).isNotNull();
    }
  }

  @Test
  void whoOnlyAsksWhetherThereAreEventsTakesNobodysPlace() throws Exception {
    for (int i = 0; i < 101; i++) {
      HttpRequest head =
          it.api.request("/events").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
      assertThat(http.send(head, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    new Listener(it.api.request("/events")).close();
  }

  @Test
  void endsWhenTheServerStops() throws Exception {
    try (Listener listener = new Listener(it.api.request("/events"))) {
      listener.until(event -> event.name().equals("repository"));
      it.server.close();
      assertThat(ended(listener)).isTrue();
    }
  }

  private static boolean ended(Listener listener) {
    try {
      String line = listener.lines.readLine();
      while (line != null) {
        line = listener.lines.readLine();
      }
      return true;
    } catch (IOException e) {
      return true;
    }
  }
}
