package dev.stillpoint.model;

import static dev.stillpoint.model.Identifiers.requireIdentifier;

/**
 * Names a run: one execution of a policy, or one restore.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record RunId(String value) {

  public RunId {
    requireIdentifier(value, "RunId");
  }

  @Override
  public String toString() {
    return value;
  }
}
