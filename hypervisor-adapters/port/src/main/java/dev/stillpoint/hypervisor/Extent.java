package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteRange;

/** A stretch of a disk of which the platform says the same. */
public record Extent(ByteRange range, Content content) {

  /** What the platform says. */
  public enum Content {
    DATA,
    /** Reads as zeroes. */
    ZERO,
    /** As it was at the checkpoint. */
    UNCHANGED
  }

  public Extent {
    requireNonNull(range, "range");
    requireNonNull(content, "content");
  }
}
