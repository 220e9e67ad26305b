package dev.stillpoint.hypervisor.lab.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.ApiClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends what was sent to a real engine to the lab and compares the answers. Ids are learned: where
 * the recording had one, the lab's takes its place in later requests.
 */
final class Replay {
  private static final Set<String> ASIDE =
      Set.of("name", "full_version", "description", "address", "access_token");

  private final Map<String, String> learned = new HashMap<>();
  private final Set<String> sent = new HashSet<>();
  private final ApiClient api;
  private final String engineUrl;

  Replay(ApiClient api, String engineUrl) {
    this.api = api;
    this.engineUrl = engineUrl;
    learn("https://engine.example", engineUrl);
    learn("Bearer TOKEN", "Bearer " + api.token());
    learn("token=TOKEN", "token=" + api.token());
    learn("password=PASSWORD", "password=password");
  }

  Set<String> sent() {
    return sent;
  }

  void learn(String recorded, String lab) {
    learned.putIfAbsent(recorded, lab);
  }

  String translated(String text) {
    String result = text;
    for (Map.Entry<String, String> pair : learned.entrySet()) {
      result = result.replace(pair.getKey(), pair.getValue());
    }
    return result;
  }

  /** Replays a recording at the engine. */
  HttpResponse<String> send(String name) {
    return send(name, engineUrl);
  }

  HttpResponse<String> send(String name, String server) {
    sent.add(name);
    Recording recording = Recording.load(name);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + translated(recording.path())))
            .method(recording.method(), BodyPublishers.ofString(bodyOf(recording)));
    recording
        .requestHeaders()
        .forEach(
            (key, value) -> {
              if (!key.equalsIgnoreCase("Host")) {
                request.header(key, translated(value));
              }
            });
    HttpResponse<String> answer = api.send(request);
    compare(name, recording, answer);
    return answer;
  }

  private String bodyOf(Recording recording) {
    // The one body that was described instead of kept.
    return recording.requestBody().startsWith("(1048576 bytes")
        ? "A".repeat(1 << 20)
        : translated(recording.requestBody());
  }

  private void compare(String name, Recording recording, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(name + ": " + answer.body()).isEqualTo(recording.status());
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(name + ": content type")
        .isEqualTo(recording.contentType());
    assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
        .as(name + ": challenge")
        .isEqualTo(recording.answerHeaders().containsKey("WWW-Authenticate"));
    String type = recording.contentType().orElse("");
    if (type.startsWith("application/xml")) {
      compare(name, Shape.ofXml(recording.answerBody()), Shape.ofXml(answer.body()));
    } else if (type.equals("application/json")) {
      compare(name, Shape.ofJson(recording.answerBody()), Shape.ofJson(answer.body()));
    } else if (!type.startsWith("application/octet-stream")) {
      assertThat(answer.body()).as(name).isEqualTo(translated(recording.answerBody()));
    }
  }

  private void compare(String name, Shape recorded, Shape lab) {
    recorded.leaves().forEach((path, value) -> learnFrom(value, lab.leaves().get(path)));
    List<String> differences = new ArrayList<>();
    lab.leaves()
        .forEach(
            (path, value) ->
                difference(path, Optional.ofNullable(recorded.leaves().get(path)), value)
                    .ifPresent(differences::add));
    for (String path : recorded.leaves().keySet()) {
      if (!lab.leaves().containsKey(path) && !Allowed.isLeftOut(path)) {
        differences.add("the lab leaves out " + path);
      }
    }
    assertThat(differences).as(name).isEmpty();
  }

  private void learnFrom(String recorded, String lab) {
    if (lab != null && Shape.isId(recorded) && Shape.isId(lab)) {
      learn(recorded, lab);
    }
  }

  private Optional<String> difference(String path, Optional<String> recorded, String lab) {
    if (recorded.isEmpty()) {
      return Optional.of("the engine does not send " + path);
    }
    String kind = Shape.kind(recorded.get());
    if (kind.equals("nothing") || Shape.kind(lab).equals("nothing")) {
      return Optional.empty();
    }
    if (!Shape.kind(lab).equals(kind)) {
      return Optional.of(path + " is of another kind: " + lab);
    }
    boolean same = lab.equals(translated(recorded.get()));
    return isWord(path, recorded.get()) && !same
        ? Optional.of(path + " says " + lab + ", not " + recorded.get())
        : Optional.empty();
  }

  /** Words of the engine have to be the same; names and addresses are everybody's own. */
  private static boolean isWord(String path, String value) {
    String leaf = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('@')) + 1);
    boolean own = ASIDE.contains(leaf) || (value.contains("/") && !leaf.equals("detail"));
    return Shape.kind(value).equals("text") && !own && !path.contains("cpu/");
  }
}
