package dev.stillpoint.model;

import static dev.stillpoint.model.Identifiers.requireIdentifier;

/**
 * Names a reference point for changed-block tracking, in the words of the manager.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record CheckpointId(String value) {

  public CheckpointId {
    requireIdentifier(value, "CheckpointId");
  }

  @Override
  public String toString() {
    return value;
  }
}
