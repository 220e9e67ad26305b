package dev.stillpoint.rest;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.List;

/** Checks what a caller sent. */
final class Require {

  private Require() {}

  /** The value of a field that must be there; JSON leaves an absent one null. */
  static <T> T present(T value, String field) {
    if (value == null) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "The field '" + field + "' is missing", "Send it.");
    }
    return value;
  }

  /** A list that must be there, as must be all that is in it. */
  static <T> List<T> all(List<T> values, String field) {
    present(values, field).forEach(value -> present(value, field));
    return values;
  }
}
