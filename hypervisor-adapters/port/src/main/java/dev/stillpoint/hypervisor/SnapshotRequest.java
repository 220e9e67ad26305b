package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What to take a point in time of.
 *
 * @param request chosen by the caller; the same request twice makes one snapshot
 * @param disks at least one
 * @param since the checkpoint from which changes are wanted; empty: everything is read
 * @param freezing what is asked of the guest, where one runs
 * @param description shown in the manager
 */
public record SnapshotRequest(
    UUID request,
    VmId vm,
    List<DiskId> disks,
    Optional<CheckpointId> since,
    Freezing freezing,
    String description) {

  public SnapshotRequest {
    requireNonNull(request, "request");
    requireNonNull(vm, "vm");
    disks = List.copyOf(disks);
    requireNonNull(since, "since");
    requireNonNull(freezing, "freezing");
    requireNonNull(description, "description");
    if (disks.isEmpty()) {
      throw new IllegalArgumentException("A snapshot needs at least one disk");
    }
  }
}
