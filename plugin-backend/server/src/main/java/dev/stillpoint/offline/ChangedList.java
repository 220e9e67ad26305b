package dev.stillpoint.offline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of changed ranges that goes with an image: {@code [{"start":bytes,"length":bytes}, …]}.
 * In any order; ranges may overlap; empty ones and other fields are passed over. Read as a stream,
 * for a list may have millions of entries.
 */
final class ChangedList {

  private final Path file;
  private final long sizeBytes;

  private ChangedList(Path file, long sizeBytes) {
    this.file = file;
    this.sizeBytes = sizeBytes;
  }

  /**
   * @param sizeBytes of the image
   * @throws StillpointException BAD_REQUEST naming the first entry that cannot be
   */
  static ByteRanges read(Path file, long sizeBytes) {
    return new ChangedList(file, sizeBytes).read();
  }

  private ByteRanges read() {
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      List<ByteRange> ranges = new ArrayList<>();
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw refused("it is no JSON array");
      }
      int number = 1;
      while (json.nextToken() == JsonToken.START_OBJECT) {
        long[] entry = entry(json, number++);
        if (entry[1] > 0) {
          ranges.add(new ByteRange(entry[0], entry[1]));
        }
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw refused("its entry " + number + " is no object");
      }
      if (json.nextToken() != null) {
        throw refused("there is something behind the array");
      }
      return ByteRanges.of(ranges);
    } catch (JsonProcessingException e) {
      throw refused(
          "it is no JSON, at line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Cannot read the changed list " + file + ": " + e,
          "Check that it exists and that you may read it.",
          e);
    }
  }

  /** Start and length. */
  private long[] entry(JsonParser json, int number) throws IOException {
    long[] entry = {-1, -1};
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      int at = List.of("start", "length").indexOf(field);
      if (at < 0) {
        json.skipChildren();
        continue;
      }
      if (value != JsonToken.VALUE_NUMBER_INT
          || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || json.getLongValue() < 0) {
        throw refused(
            "entry %d has the %s %s, not an amount of bytes"
                .formatted(number, field, json.getText()));
      }
      entry[at] = json.getLongValue();
    }
    if (entry[0] < 0 || entry[1] < 0) {
      throw refused("entry %d has no %s".formatted(number, entry[0] < 0 ? "start" : "length"));
    }
    if (entry[1] > sizeBytes || entry[0] > sizeBytes - entry[1]) {
      throw refused(
          "entry %d, start %d length %d, ends beyond the image's end at %d"
              .formatted(number, entry[0], entry[1], sizeBytes));
    }
    return entry;
  }

  private StillpointException refused(String why) {
    return new StillpointException(ErrorKind.BAD_REQUEST, what(why), remedy());
  }

  private StillpointException refused(String why, Exception cause) {
    return new StillpointException(ErrorKind.BAD_REQUEST, what(why), remedy(), cause);
  }

  private String what(String why) {
    return "The changed list " + file + " cannot be used: " + why;
  }

  private static String remedy() {
    return "It must look like [{\"start\":0,\"length\":65536}]; or import without --changed.";
  }
}
