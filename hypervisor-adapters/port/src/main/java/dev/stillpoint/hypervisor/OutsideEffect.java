package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Something of ours on a manager that somebody must take away again.
 *
 * @param kind what it is
 * @param reference how the manager names it; where the manager chooses the name only later, a
 *     reference of ours by which the adapter finds it
 * @param details what the adapter needs to release it; its own keys, never a secret
 */
public record OutsideEffect(Kind kind, String reference, Map<String, String> details) {

  /** What an adapter may leave on a manager. */
  public enum Kind {
    /** A point in time of a VM, with what hangs on it. */
    SNAPSHOT,
    /** A reference point of change tracking; kept as long as the newest restore point needs it. */
    CHECKPOINT,
    /** A data transfer of a disk. */
    TRANSFER,
    /** A disk we made, not yet somebody's. */
    DISK,
    /** A disk that a restore replaced, to be deleted now that its replacement is in place. */
    REPLACED_DISK,
    /** Disks of a VM exchanged for new ones; released by putting the old ones back. */
    SWAP,
    /** A VM we made, not yet complete. */
    VM
  }

  public OutsideEffect {
    requireNonNull(kind, "kind");
    requireNonNull(reference, "reference");
    details = Map.copyOf(details);
  }
}
