package dev.stillpoint.job;

import dev.stillpoint.model.PolicyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what came of each slot of each policy, once: whoever comes second, in this server or
 * another on the same database, changes nothing. Thread-safe; every call is one transaction.
 */
public interface SlotStartStore {

  /**
   * Keeps a new run and that it was started, both or neither.
   *
   * @return false when something is kept of that slot already; then the run is not kept
   */
  boolean start(Run run, SlotStart start);

  /**
   * Keeps that a start was missed.
   *
   * @return false when something is kept of that slot already
   */
  boolean miss(SlotStart missed);

  /** What is kept of slots that begin at that instant or later. */
  List<SlotStart> since(Instant slot);

  /** What is kept of a policy's slots, the latest first, at most so many. */
  List<SlotStart> latest(PolicyId policy, int limit);

  /** When somebody last looked for what is due; empty when nobody ever has. */
  Optional<Instant> lastLook();

  /** Keeps that somebody has looked. */
  void looked(Instant now);
}
