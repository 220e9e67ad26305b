package dev.stillpoint.hypervisor.lab.block;

import java.time.Instant;

/** The right to read or write one image at the data endpoint. Safe for use by many threads. */
public interface Ticket {
  /**
   * What a ticket is called.
   *
   * @param id the last part of its address
   * @param transfer the transfer it belongs to
   */
  record Name(String id, String transfer) {}

  String id();

  /** How much was moved with it, in bytes. */
  long movedBytes();

  /** Whether a request runs. */
  boolean isBusy();

  /** When it was used last. */
  Instant lastUse();

  /** Counts as a use. */
  void touch();

  /**
   * From now on the ticket is refused.
   *
   * @return whether nobody uses it any more; if not, ask again
   */
  boolean revoke();

  /** Whether the host can be asked and knows it; after a restart of the host it does not. */
  boolean isKnown();
}
