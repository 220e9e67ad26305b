package dev.stillpoint.persistence;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.catalog.RestorePointCodec;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;

/**
 * Writes a restore point as JSON: {@code {"format": "stillpoint-restore-point", "version": 1,
 * "point": {…}}}. What was written once must be readable for ever: a change that old documents do
 * not survive needs a new version, and this class goes on reading the old one. Thread-safe.
 */
public final class RestorePointDocument implements RestorePointCodec {

  private static final String FORMAT = "stillpoint-restore-point";
  private static final int VERSION = 1;

  private final Documents documents = new Documents();

  private record Envelope(String format, int version, RestorePoint point) {}

  @Override
  public String write(RestorePoint point) {
    return documents.write(new Envelope(FORMAT, VERSION, requireNonNull(point, "point")));
  }

  @Override
  public RestorePoint read(String document) {
    try {
      JsonNode envelope = documents.parse(requireNonNull(document, "document"));
      if (!FORMAT.equals(envelope.path("format").textValue())) {
        throw refusal("it does not begin as one", "Look for damage of the repository: verify it.");
      }
      JsonNode version = envelope.path("version");
      if (!version.isInt() || version.intValue() != VERSION) {
        throw refusal(
            "this Stillpoint does not know its version " + version.asText(),
            "Upgrade Stillpoint to the one that wrote it, or a newer one.");
      }
      return point(envelope.path("point"));
    } catch (JsonProcessingException e) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "Not a restore point's document: " + e.getOriginalMessage(),
          "Look for damage of the repository: verify it.",
          e);
    }
  }

  private RestorePoint point(JsonNode node) throws JsonProcessingException {
    if (!node.isObject()) {
      throw refusal("it tells of no point", "Look for damage of the repository: verify it.");
    }
    return documents.read(node, RestorePoint.class);
  }

  private static StillpointException refusal(String reason, String remedy) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA, "Not a restore point's document: " + reason, remedy);
  }
}
