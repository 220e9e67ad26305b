package dev.stillpoint.repository.maintenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.JsonText;
import java.util.BitSet;

/**
 * Keeps the quarantine: {@code {"dead":[[1,3],[7,7]],"moving":[],"deleted":[]}}, first and last
 * pack of each range.
 */
final class QuarantineFile {

  private static final String DEAD = "dead";
  private static final String MOVING = "moving";
  private static final String DELETED = "deleted";

  private final StateFile file;

  QuarantineFile(StateFile file) {
    this.file = file;
  }

  /**
   * @throws StillpointException CORRUPT_DATA
   */
  Quarantine load() {
    return file.load().map(this::decode).orElseGet(Quarantine::none);
  }

  void publish(Quarantine quarantine) {
    ObjectNode json = JsonText.newObject();
    json.set(DEAD, ranges(quarantine.dead()));
    json.set(MOVING, ranges(quarantine.moving()));
    json.set(DELETED, ranges(quarantine.deleted()));
    file.publish(json + "\n");
  }

  private ArrayNode ranges(BitSet packs) {
    ArrayNode ranges = JsonText.newArray();
    int first = packs.nextSetBit(0);
    while (first >= 0) {
      int end = packs.nextClearBit(first);
      ranges.addArray().add(first).add(end - 1);
      first = packs.nextSetBit(end);
    }
    return ranges;
  }

  private Quarantine decode(String document) {
    try {
      JsonNode json = JsonText.parse(document);
      return new Quarantine(
          packs(json.required(DEAD)), packs(json.required(MOVING)), packs(json.required(DELETED)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA, "The list of packs in quarantine cannot be read: " + e, "", e);
    }
  }

  private static BitSet packs(JsonNode ranges) {
    BitSet packs = new BitSet();
    for (JsonNode range : ranges) {
      int first = range.path(0).asInt(-1);
      int last = range.path(1).asInt(-1);
      if (first < 0 || last < first || last == Integer.MAX_VALUE) {
        throw new IllegalArgumentException("Not a range of packs: " + range);
      }
      packs.set(first, last + 1);
    }
    return packs;
  }
}
