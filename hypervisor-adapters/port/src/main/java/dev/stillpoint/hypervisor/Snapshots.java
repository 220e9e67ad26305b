package dev.stillpoint.hypervisor;

import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.VmId;
import java.util.List;

/** Points in time of running or stopped VMs, and the checkpoints they leave. */
public interface Snapshots {

  /**
   * Takes a point in time of a VM's disks and returns when it can be read.
   *
   * <p>Where the platform can no longer tell what changed since the asked checkpoint, the snapshot
   * is taken all the same and its disks say a full {@link ReadMode} with the reason.
   *
   * <p>A guest that was frozen is thawed when this returns, however it returns, and within a limit
   * while it is under way.
   *
   * @param journal told of the snapshot, its checkpoint, each transfer and a frozen guest, before
   *     they are made
   * @throws dev.stillpoint.model.StillpointException NOT_FOUND for an unknown VM or disk; CONFLICT
   *     when the VM's state forbids it or another backup runs; HYPERVISOR_REFUSED when the guest
   *     must be frozen and cannot
   */
  VmSnapshot take(SnapshotRequest request, EffectJournal journal);

  /** The checkpoints the manager still has of a VM, oldest first, whoever made them. */
  List<CheckpointId> checkpoints(VmId vm);
}
