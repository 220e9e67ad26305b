package dev.stillpoint.model;

import static dev.stillpoint.model.Identifiers.requireIdentifier;

/**
 * Names one site: one oVirt engine or one vCenter, as set up in Stillpoint.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record SiteId(String value) {

  public SiteId {
    requireIdentifier(value, "SiteId");
  }

  @Override
  public String toString() {
    return value;
  }
}
