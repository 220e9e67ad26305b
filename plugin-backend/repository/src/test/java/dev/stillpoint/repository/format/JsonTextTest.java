package dev.stillpoint.repository.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"a\":1,\"b\":[true,false,null,\"x\\n\\u00fc\\ud800\"],\"c\":{\"d\":-1.5e3}}",
        "[9007199254740993,99999999999999999999,0,-1]",
        "\"text\"",
        "{\"a\":1,\"a\":2}",
        " 7 8"
      })
  void readsAndWritesWhatTheMapperDoes(String text) throws JsonProcessingException {
    JsonNode document = JsonText.parse(text);
    assertThat(document).isEqualTo(mapper.readTree(text));
    if (!text.isEmpty()) {
      assertThat(JsonText.pretty(document))
          .isEqualTo(
              mapper
                  .writerWithDefaultPrettyPrinter()
                  .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .writeValueAsString(document));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\"}", "nul", "{'a':1}", "[1 2]", "}"})
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> JsonText.parse(text)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    assertThatThrownBy(() -> JsonText.parse("[".repeat(100_000)))
        .isInstanceOf(JsonProcessingException.class);
  }
}
