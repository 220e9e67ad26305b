package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One passphrase that opens a repository. Says nothing of the passphrase itself.
 *
 * @param number names it; never used again while a younger slot exists
 * @param label whose it is, or what for
 * @param created when it was set
 */
public record KeySlot(int number, String label, Instant created) {

  public KeySlot {
    requireNonNull(label, "label");
    requireNonNull(created, "created");
  }
}
