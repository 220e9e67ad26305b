package dev.stillpoint.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.rest.SourceComments.Comment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The committed document of the API is what the resources say. After a change of them it is written
 * anew with {@code -Dopenapi.write=true}.
 */
class OpenApiTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path COMMITTED =
      Path.of("src/main/resources/dev/stillpoint/rest", OpenApiResource.DOCUMENT);

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void theCommittedDocumentIsWhatTheResourcesSay() throws IOException {
    String now = text();
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, now, UTF_8);
    }
    assertThat(Files.readString(COMMITTED, UTF_8))
        .as("write it anew with -Dopenapi.write=true")
        .isEqualTo(now);
  }

  @Test
  void everyCallIsSummedUpAndEveryParameterAndSuccessIsDescribed() throws IOException {
    JsonNode document = document();
    SoftAssertions all = new SoftAssertions();
    document
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        call -> check(all, call.getKey() + " " + path.getKey(), call.getValue())));
    all.assertAll();
  }

  @Test
  void noTwoCallsShareAnId() throws IOException {
    assertThat(document().get("paths").findValuesAsText("operationId")).doesNotHaveDuplicates();
  }

  private static void check(SoftAssertions all, String call, JsonNode operation) {
    all.assertThat(operation.get("summary").asText()).as(call).isNotEmpty();
    for (JsonNode parameter : operation.get("parameters")) {
      if (!parameter.has("$ref")) {
        all.assertThat(parameter.path("description").asText())
            .as("%s: %s", call, parameter.get("name"))
            .isNotEmpty();
      }
    }
    List<Map.Entry<String, JsonNode>> successes =
        operation.get("responses").properties().stream()
            .filter(answer -> answer.getKey().startsWith("2"))
            .toList();
    all.assertThat(successes).as(call).isNotEmpty();
    for (Map.Entry<String, JsonNode> success : successes) {
      boolean bare = success.getKey().equals("204") || call.startsWith("head ");
      all.assertThat(success.getValue().findValues("schema").isEmpty())
          .as("%s: %s without a schema", call, success.getKey())
          .isEqualTo(bare);
    }
  }

  private static JsonNode document() throws IOException {
    Map<String, Comment> comments = SourceComments.read(SOURCES);
    return new OpenApiWriter(comments).write(resources());
  }

  private String text() throws IOException {
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    return json.writer(lines).writeValueAsString(document()) + "\n";
  }

  private static List<Class<?>> resources() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES.resolve("dev/stillpoint/rest"))) {
      return sources
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Resource.java"))
          .sorted()
          .<Class<?>>map(OpenApiTest::type)
          .toList();
    }
  }

  private static Class<?> type(String file) {
    try {
      return Class.forName("dev.stillpoint.rest." + file.replaceAll("\\.java$", ""));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
