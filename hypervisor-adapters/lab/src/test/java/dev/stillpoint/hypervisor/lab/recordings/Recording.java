package dev.stillpoint.hypervisor.lab.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One exchange with a real engine, as it was written down. */
record Recording(
    String method,
    String path,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    Map<String, String> answerHeaders,
    String answerBody) {

  static Recording load(String name) {
    String resource = "/recordings/" + name + ".txt";
    try (InputStream in = Recording.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Recording parse(String text) {
    String[] halves = text.split(">>> REQUEST\n", 2)[1].split("<<< ANSWER\n", 2);
    String[] request = halves[0].split("\n\n", 2);
    String[] answer = halves[1].split("\n\n", 2);
    String[] requestLine = request[0].lines().findFirst().orElseThrow().split(" ");
    String statusLine = answer[0].lines().findFirst().orElseThrow();
    return new Recording(
        requestLine[0],
        requestLine[1],
        headers(request[0]),
        request.length > 1 ? request[1].strip() : "",
        Integer.parseInt(statusLine.split(" ")[1]),
        headers(answer[0]),
        answer.length > 1 ? answer[1] : "");
  }

  private static Map<String, String> headers(String head) {
    List<String> lines = Arrays.asList(head.split("\n"));
    return lines.subList(1, lines.size()).stream()
        .map(line -> line.split(": ", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> pair[1],
                (first, second) -> first,
                () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
  }

  Optional<String> contentType() {
    return Optional.ofNullable(answerHeaders.get("Content-Type"));
  }
}
