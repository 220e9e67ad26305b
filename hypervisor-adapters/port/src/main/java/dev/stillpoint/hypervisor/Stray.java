package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something on a manager that looks left behind.
 *
 * @param reference the manager's id
 * @param subject the disk that is moved or locked; empty for other kinds
 * @param name as the manager shows it
 * @param vm the VM it belongs to, empty where there is none
 * @param vmName its name, empty where there is none
 * @param state the manager's word
 * @param since empty where the manager does not tell
 * @param size on the storage; empty where the manager does not tell
 */
public record Stray(
    Kind kind,
    String reference,
    String subject,
    String name,
    Optional<VmId> vm,
    String vmName,
    String state,
    Optional<Instant> since,
    Optional<ByteCount> size) {

  /** What it is. */
  public enum Kind {
    /** A snapshot that a backup made by itself, of a VM of which no backup runs. */
    SNAPSHOT,
    /** A reference point of change tracking. */
    CHECKPOINT,
    /** A transfer that is paused, or that nobody ends. */
    TRANSFER,
    /** A disk that is locked though nothing known of works on it. */
    LOCKED_DISK
  }

  public Stray {
    requireNonNull(kind, "kind");
    requireNonNull(reference, "reference");
    requireNonNull(subject, "subject");
    requireNonNull(name, "name");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(state, "state");
    requireNonNull(since, "since");
    requireNonNull(size, "size");
  }
}
