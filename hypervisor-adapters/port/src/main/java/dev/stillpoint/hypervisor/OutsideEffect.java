package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.Map;

/**
 * Something of ours on a manager that somebody must take away again.
 *
 * @param kind what it is
 * @param reference how the manager names it; where the manager chooses the name only later, a
 *     reference of ours by which the adapter finds it
 * @param details what the adapter needs to release it, never a secret; {@link #VM} wherever there
 *     is one, always for a checkpoint
 */
public record OutsideEffect(Kind kind, String reference, Map<String, String> details) {

  /** The key under which {@link #details()} name the VM, where there is one. */
  public static final String VM = "vm";

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
    VM,
    /** File systems of a VM's guest that are frozen; released by thawing them. */
    FREEZE,
    /** An ISO image we brought for CD drives; released when no VM has it in its drive any more. */
    MEDIA,
    /** A task of ours that the manager shows as running. */
    TASK
  }

  public OutsideEffect {
    requireNonNull(kind, "kind");
    requireNonNull(reference, "reference");
    details = Map.copyOf(details);
  }

  /** A checkpoint of a VM, as the core releases one that is superseded. */
  public static OutsideEffect checkpoint(VmId vm, CheckpointId checkpoint) {
    return new OutsideEffect(Kind.CHECKPOINT, checkpoint.value(), Map.of(VM, vm.value()));
  }

  /** A disk of a VM that a restored one replaced. */
  public static OutsideEffect replacedDisk(VmId vm, DiskId disk) {
    return new OutsideEffect(Kind.REPLACED_DISK, disk.value(), Map.of(VM, vm.value()));
  }
}
