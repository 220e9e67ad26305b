package dev.stillpoint.model;

import static dev.stillpoint.model.Identifiers.requireIdentifier;

/**
 * Names a policy: what to back up, when, how long to keep.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record PolicyId(String value) {

  public PolicyId {
    requireIdentifier(value, "PolicyId");
  }

  @Override
  public String toString() {
    return value;
  }
}
