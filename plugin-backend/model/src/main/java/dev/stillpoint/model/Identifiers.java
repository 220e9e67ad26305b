package dev.stillpoint.model;

import static java.util.Objects.requireNonNull;

final class Identifiers {

  private static final int MAX_LENGTH = 128;

  private Identifiers() {}

  static void requireIdentifier(String value, String type) {
    requireNonNull(value, type);
    boolean odd = value.chars().anyMatch(c -> c <= ' ' || Character.isISOControl(c));
    if (value.isEmpty() || value.length() > MAX_LENGTH || odd) {
      throw new IllegalArgumentException("Not a " + type + ": '" + value + "'");
    }
  }
}
