package dev.stillpoint.model;

import static dev.stillpoint.model.Identifiers.requireIdentifier;

/**
 * Names a restore point: one VM at one time, as kept in the repository.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record RestorePointId(String value) {

  public RestorePointId {
    requireIdentifier(value, "RestorePointId");
  }

  @Override
  public String toString() {
    return value;
  }
}
