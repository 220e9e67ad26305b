package dev.stillpoint.repository.maintenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the figures of the last collection, which nobody else writes: they are read once, as lists
 * ask for them with each page. Thread-safe.
 */
public final class UsageFile {

  private final StateFile file;
  private Optional<UsageFigures> known = Optional.empty();

  public UsageFile(StateFile file) {
    this.file = file;
  }

  /**
   * Empty before the first collection.
   *
   * @throws StillpointException CORRUPT_DATA
   */
  public synchronized Optional<UsageFigures> load() {
    if (known.isEmpty()) {
      known = file.load().map(UsageFile::decode);
    }
    return known;
  }

  synchronized void publish(UsageFigures figures) {
    ObjectNode json = JsonText.newObject();
    figures.asOf().ifPresent(time -> json.put("asOf", time.toString()));
    json.put("usedBytes", figures.used().bytes());
    json.put("reclaimableBytes", figures.reclaimable().bytes());
    ObjectNode owners = json.putObject("owners");
    new TreeMap<>(figures.owners())
        .forEach(
            (owner, usage) ->
                owners
                    .putObject(owner)
                    .put("uniqueBytes", usage.unique().bytes())
                    .put("sharedBytes", usage.shared().bytes()));
    file.publish(json.toPrettyString() + "\n");
    known = Optional.of(figures);
  }

  private static UsageFigures decode(String document) {
    try {
      JsonNode json = JsonText.parse(document);
      Map<String, OwnerUsage> owners = new TreeMap<>();
      json.required("owners")
          .fields()
          .forEachRemaining(
              owner ->
                  owners.put(
                      owner.getKey(),
                      new OwnerUsage(
                          bytes(owner.getValue(), "uniqueBytes"),
                          bytes(owner.getValue(), "sharedBytes"))));
      return new UsageFigures(
          Optional.of(Instant.parse(json.required("asOf").asText())),
          bytes(json, "usedBytes"),
          bytes(json, "reclaimableBytes"),
          owners);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA, "The figures of the last collection cannot be read: " + e, "", e);
    }
  }

  private static ByteCount bytes(JsonNode json, String field) {
    return ByteCount.ofBytes(json.required(field).asLong());
  }
}
