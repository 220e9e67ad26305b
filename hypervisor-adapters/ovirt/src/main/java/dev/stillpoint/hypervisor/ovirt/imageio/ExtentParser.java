package dev.stillpoint.hypervisor.ovirt.imageio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.model.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads imageio's list of extents as it comes, for it can be long, and merges equal neighbours. */
final class ExtentParser {

  private static final JsonFactory JSON = new JsonFactory();

  private ExtentParser() {}

  /**
   * @param incremental the list tells what is dirty; otherwise only what is zero
   * @return the whole image in order
   * @throws MalformedExtentsException when the list has gaps, overlaps, or does not cover the size
   */
  static List<Extent> parse(InputStream list, boolean incremental, long sizeBytes)
      throws IOException {
    List<Extent> extents = new ArrayList<>();
    long next = 0;
    try (JsonParser parser = JSON.createParser(list)) {
      require(parser.nextToken() == JsonToken.START_ARRAY, "is not a list");
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Raw raw = Raw.read(parser);
        require(raw.start == next && raw.length > 0, "has a gap at " + next);
        next = raw.start + raw.length;
        append(extents, new ByteRange(raw.start, raw.length), raw.content(incremental));
      }
    }
    require(next == sizeBytes, "ends at " + next + " of " + sizeBytes);
    return List.copyOf(extents);
  }

  private static void append(List<Extent> extents, ByteRange range, Extent.Content content) {
    int last = extents.size() - 1;
    if (last >= 0 && extents.get(last).content() == content) {
      ByteRange before = extents.get(last).range();
      extents.set(last, new Extent(ByteRange.between(before.start(), range.end()), content));
    } else {
      extents.add(new Extent(range, content));
    }
  }

  private static void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new MalformedExtentsException("The list of extents " + what);
    }
  }

  private static final class Raw {
    private long start = -1;
    private long length = -1;
    private boolean zero;
    private boolean dirty = true;

    static Raw read(JsonParser parser) throws IOException {
      Raw raw = new Raw();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "start" -> raw.start = parser.getLongValue();
          case "length" -> raw.length = parser.getLongValue();
          case "zero" -> raw.zero = value == JsonToken.VALUE_TRUE;
          case "dirty" -> raw.dirty = value == JsonToken.VALUE_TRUE;
          default -> parser.skipChildren();
        }
      }
      return raw;
    }

    Extent.Content content(boolean incremental) {
      if (incremental && !dirty) {
        return Extent.Content.UNCHANGED;
      }
      return zero ? Extent.Content.ZERO : Extent.Content.DATA;
    }
  }
}
