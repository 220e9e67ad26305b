package dev.stillpoint.model;

import static dev.stillpoint.model.Identifiers.requireIdentifier;

/**
 * Names a virtual disk, in the words of its manager; unique within its site.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record DiskId(String value) {

  public DiskId {
    requireIdentifier(value, "DiskId");
  }

  @Override
  public String toString() {
    return value;
  }
}
