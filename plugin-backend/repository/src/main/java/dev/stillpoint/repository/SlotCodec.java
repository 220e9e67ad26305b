package dev.stillpoint.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.repository.crypto.PassphraseCost;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** Key slots as JSON. Thread-safe. */
final class SlotCodec {

  private static final String KDF = "argon2id";

  private final ObjectMapper mapper = new ObjectMapper();
  private final ObjectWriter writer =
      mapper.writerWithDefaultPrettyPrinter().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  String encode(SlotContent slot) {
    ObjectNode json = mapper.createObjectNode();
    json.put("repository", slot.repository().toString());
    json.put("label", slot.label());
    json.put("created", slot.created().toString());
    json.put("kdf", KDF);
    json.put("memoryKib", slot.cost().memoryKib());
    json.put("passes", slot.cost().passes());
    json.put("lanes", slot.cost().lanes());
    json.put("salt", slot.salt());
    json.put("wrapped", slot.wrapped());
    try {
      return writer.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers can be written", e);
    }
  }

  /**
   * @throws IllegalArgumentException when the text is no slot
   */
  SlotContent decode(String text) {
    try {
      JsonNode json = mapper.readTree(text);
      if (!text(json, "kdf").equals(KDF)) {
        throw new IllegalArgumentException("Unknown derivation of keys: " + text(json, "kdf"));
      }
      return new SlotContent(
          UUID.fromString(text(json, "repository")),
          text(json, "label"),
          Instant.parse(text(json, "created")),
          new PassphraseCost(
              number(json, "memoryKib"), number(json, "passes"), number(json, "lanes")),
          text(json, "salt"),
          text(json, "wrapped"));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("Not a key slot: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("Not a text: " + field);
    }
    return value.textValue();
  }

  private static int number(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("Not a number: " + field);
    }
    return value.intValue();
  }
}
