package dev.stillpoint.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A place in a sorted list: behind the row with these values. What is added or removed elsewhere
 * does not move it, and finding it costs the same however far down it is.
 *
 * @param order which order it is a place in
 * @param key the values of that row, by which the list is sorted
 */
public record Cursor(String order, List<String> key) {

  public Cursor {
    key = List.copyOf(key);
  }

  /** For callers, to whom it means nothing. */
  public String text() {
    StringBuilder text = new StringBuilder(encode(order));
    key.forEach(value -> text.append('.').append(encode(value)));
    return text.toString();
  }

  /**
   * @throws StillpointException BAD_REQUEST when it is no text of ours
   */
  public static Cursor parse(String text) {
    try {
      List<String> parts =
          Arrays.stream(text.split("\\.", -1))
              .map(part -> new String(Base64.getUrlDecoder().decode(part), UTF_8))
              .toList();
      return new Cursor(parts.get(0), parts.subList(1, parts.size()));
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
  }

  static StillpointException refused(String text) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        "No page of this list begins after '" + text + "'",
        "Send the 'next' of the page before, with the same filters and order.");
  }

  private static String encode(String value) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
  }
}
