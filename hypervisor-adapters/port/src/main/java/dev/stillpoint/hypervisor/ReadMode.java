package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/**
 * How a disk is read, and why.
 *
 * @param incremental only what changed since the asked checkpoint; otherwise everything
 * @param reason a short sentence for people: "first backup of this disk"; empty when incremental
 */
public record ReadMode(boolean incremental, String reason) {

  public static final ReadMode INCREMENTAL = new ReadMode(true, "");

  public ReadMode {
    requireNonNull(reason, "reason");
    if (incremental != reason.isEmpty()) {
      throw new IllegalArgumentException("A full read has a reason, an incremental one has none");
    }
  }

  public static ReadMode full(String reason) {
    return new ReadMode(false, reason);
  }
}
